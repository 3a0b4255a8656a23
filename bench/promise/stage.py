"""The process beside the server: it invents the members, opens and pours the pots, and reads the disk afterwards.

One request a line, ``["open"]`` or ``["pour", 3]``, and one line of JSON back.
"""

import json
import os
import sys
from datetime import timedelta

MEMBERS = 12


def set_up() -> dict:
    """A circle whose gathering is under the Rule, twelve members, and a session for each."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils.timezone import now

    from bench.promise import twins
    from peerhood.circles.models import Circle, Membership
    from peerhood.people.models import Person

    twins.make_tables()
    circle = Circle.objects.create(name="Makers", slug="makers", purpose="To make.", language="en")
    sessions = {}
    for number in range(MEMBERS + 1):
        person = Person.objects.create_user(
            f"member{number}@example.org", name=f"Member {number}", welcomed_at=now()
        )
        role = Membership.Role.MEMBER if number else Membership.Role.ORGANISER
        circle.memberships.create(person=person, role=role)
        if number:
            session = SessionStore()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = "peerhood.people.signed_in.Backend"
            session[HASH_SESSION_KEY] = person.get_session_auth_hash()
            session.create()
            sessions[person.pk] = session.session_key
            _say("INSERT INTO twin_days (person, seen) VALUES (%s, '')", [person.pk])
    return {"sessions": sessions}


def open_room() -> dict:
    """A new room with a pot in it. Five guests are here already, so that it may be poured."""
    from django.utils.timezone import now

    from peerhood.circles.models import Circle
    from peerhood.gatherings.models import AgendaItem, Gathering
    from peerhood.people.models import Person
    from peerhood.rooms import presence, running
    from peerhood.rooms.pot import opening

    ada = Person.objects.get(name="Member 0")
    gathering = Gathering.objects.create(
        circle=Circle.objects.get(slug="makers"),
        title="An afternoon",
        state=Gathering.State.PUBLISHED,
        starts_at=now(),
        ends_at=now() + timedelta(hours=4),
        time_zone="Europe/Stockholm",
    )
    gathering.agenda.create(
        position=1,
        kind=AgendaItem.Kind.FORMAT,
        title="House of Genius",
        length_minutes=20,
        confidentiality=AgendaItem.Confidentiality.CHATHAM_HOUSE,
    )
    room = running.start(running.open_room(gathering, by=ada), by=ada)
    for _guest in range(5):
        presence.enter(room)
    pot = opening.open_pot(room, by=ada)
    return {"code": room.code, "key": pot.key, "pot": pot.pk, "room": room.pk}


def pour(pot: int, closes: bool = True) -> dict:
    """The worker's round at the end of the step, and everything on the disk after it."""
    from bench.promise import disk
    from peerhood.rooms.models import Pot
    from peerhood.rooms.pot import pouring
    from peerhood.rooms.running import close_forgotten

    poured = pouring.pour(Pot.objects.get(pk=pot))
    if closes:
        close_forgotten(poured.room)
    return disk.of_pot(poured)


def seen(pot: int) -> dict:
    """What the room may see of a pot."""
    from peerhood.rooms.models import Pot

    found = Pot.objects.get(pk=pot)
    return {"state": found.state, "notes": found.notes.count()}


def twin(design: str, number: int) -> dict:
    from bench.promise import disk

    return disk.of_twin(design, number)


def _say(statement: str, values: list) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)


ACTS = {"set up": set_up, "open": open_room, "pour": pour, "seen": seen, "twin": twin}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.promise.twin_settings")
    import django

    django.setup()
    for line in sys.stdin:
        name, *of = json.loads(line)
        print(json.dumps(ACTS[name](*of)), flush=True)
