"""Run inside a measured environment: future gatherings of ten circles, and one member signed in.

Argument: how many, 1,000 unless said. Prints the session key of the member, for the measurement of signed-in pages.
"""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person

HOW_MANY = 1000


def signed_in(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key


def main(how_many: int = HOW_MANY) -> None:
    circles = [
        Circle.objects.create(
            name=f"Circle {n}",
            slug=f"circle-{n}",
            purpose="To meet.",
            language="en",
            time_zone="Europe/Stockholm",
        )
        for n in range(10)
    ]
    start = now().replace(hour=12, minute=0, second=0, microsecond=0)
    gatherings = Gathering.objects.bulk_create(
        Gathering(
            circle=circles[n % 10],
            title=f"What we learned about portfolio governance, part {n}",
            words="One short story from a city council, then tables of five with a real problem each.",
            state=Gathering.State.PUBLISHED,
            published_at=now(),
            starts_at=start + timedelta(days=1 + n // 4, hours=n % 4),
            ends_at=start + timedelta(days=1 + n // 4, hours=3 + n % 4),
            time_zone="Europe/Stockholm",
            place_name="Coffee on us, third floor",
            capacity=20,
            going_count=n % 21,
            room_taken=n % 21,
        )
        for n in range(how_many)
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(gathering=gathering, position=i, kind=kind, title=title, length_minutes=minutes)
        for gathering in gatherings[:50]
        for i, (kind, title, minutes) in enumerate(
            [
                ("arrival", "Coffee", 20),
                ("talk", "The theme", 70),
                ("fika", "Fika", 40),
                ("ballot", "Next theme", 15),
            ]
        )
    )
    member = Person.objects.create_user("member@example.org", name="Mia Member", welcomed_at=now())
    circles[0].memberships.create(person=member)
    print(signed_in(member))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
