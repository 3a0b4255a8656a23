"""The other process: it sets up rooms beside a running server, and acts in them.

It reads one request a line, ``["set"]`` or ``["press", 3, "next_item"]``, and answers with a line of JSON.
"""

import json
import os
import sys
from datetime import timedelta

TITLES = ["Coffee", "What I stopped doing", "Choose the next theme", "Last word"]


def set_up(level: str = "open") -> dict:
    """A circle of Ada's, a gathering of this level that begins now, its room, and a session that is Ada's."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils.timezone import now

    from peerhood.circles.models import Circle, Membership
    from peerhood.gatherings.models import Gathering
    from peerhood.people.models import Person
    from peerhood.rooms import running
    from peerhood.themes.models import Theme

    ada = Person.objects.filter(name="Ada").first() or Person.objects.create_user(
        "ada@example.org", name="Ada", welcomed_at=now()
    )
    circle = Circle.objects.create(
        name="Makers", slug=f"makers-{Circle.objects.count()}", purpose="To make.", language="en"
    )
    circle.memberships.create(person=ada, role=Membership.Role.ORGANISER)
    for title in ("One-page reporting", "Benefits realisation"):
        Theme.objects.create(circle=circle, title=title, proposed_by=ada)
    gathering = Gathering.objects.create(
        circle=circle,
        title="An afternoon",
        state=Gathering.State.PUBLISHED,
        starts_at=now(),
        ends_at=now() + timedelta(hours=4),
        time_zone="Europe/Stockholm",
    )
    for position, title in enumerate(TITLES, start=1):
        kind = "ballot" if title.startswith("Choose") else "talk"
        gathering.agenda.create(
            position=position, kind=kind, title=title, length_minutes=20, confidentiality=level
        )
    room = running.start(running.open_room(gathering, by=ada), by=ada)
    session = SessionStore()
    session[SESSION_KEY] = str(ada.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = ada.get_session_auth_hash()
    session.create()
    return {
        "code": room.code,
        "room": room.pk,
        "gathering": gathering.pk,
        "version": room.version,
        "session": session.session_key,
    }


def press(room: int, act: str) -> dict:
    from peerhood.people.models import Person
    from peerhood.rooms import running
    from peerhood.rooms.models import Room

    done = getattr(running, act)(Room.objects.get(pk=room), by=Person.objects.get(name="Ada"))
    return {"version": done.version}


def sign_out(session: str) -> dict:
    """End somebody's session, as they do from another device."""
    from peerhood.people import devices
    from peerhood.people.models import Device, Person

    devices.sign_out(Device.objects.create(person=Person.objects.get(name="Ada"), session_key=session))
    return {}


def cut_power(room: int) -> dict:
    """Empty the memory that the pot stands in."""
    from django.conf import settings

    from peerhood.rooms.models import Pot
    from peerhood.rooms.pot import spool

    spool.forget(settings.POT_SPOOL, Pot.objects.get(room=room).key)
    return {}


ACTS = {"set": set_up, "press": press, "sign_out": sign_out, "cut power": cut_power}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
    import django

    django.setup()
    for line in sys.stdin:
        name, *of = json.loads(line)
        print(json.dumps(ACTS[name](*of)), flush=True)
