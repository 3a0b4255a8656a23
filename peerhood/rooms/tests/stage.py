"""The other process: it sets up rooms beside a running server, and acts in them.

It reads one request a line, ``["set"]`` or ``["press", 3, "next_item"]``, and answers with a line of JSON.
"""

import json
import os
import sys
from datetime import timedelta

TITLES = ["Coffee", "What I stopped doing", "Choose the next theme", "Last word"]


def set_up(level: str = "open", mode: str = "in-person") -> dict:
    """A circle of Ada's, a gathering of this level that begins now, its room, and a session that is Ada's.

    Online she has a place and sits in a group that is on the screens.
    """
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
        mode=mode,
        online_url="https://call.example.org/afternoon" if mode == "online" else "",
    )
    for position, title in enumerate(TITLES, start=1):
        kind = "ballot" if title.startswith("Choose") else "talk"
        gathering.agenda.create(
            position=position, kind=kind, title=title, length_minutes=20, confidentiality=level
        )
    if mode == "online":
        _sit_online(gathering, ada)
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


def _sit_online(gathering, person) -> None:
    from peerhood.mixing.models import Plan, Round

    gathering.rsvps.create(person=person, status="going", part="online")
    plan = Plan.objects.create(gathering=gathering, made_by=person)
    shown = plan.rounds.create(number=1, state=Round.State.PUBLISHED)
    shown.seats.create(person=person, table=1)


def press(room: int, act: str) -> dict:
    from peerhood.people.models import Person
    from peerhood.rooms import running
    from peerhood.rooms.models import Room

    done = getattr(running, act)(Room.objects.get(pk=room), by=Person.objects.get(name="Ada"))
    return {"version": done.version}


def adopt(gathering: int, key: str, people: int = 0) -> dict:
    """The second item is run by a shipped format, and so many people have checked in; the key of one of them."""
    from django.utils.timezone import now

    from peerhood.gatherings.models import AgendaItem, Gathering
    from peerhood.people.models import Person
    from peerhood.rooms import presence
    from peerhood.rooms.formats import adopting

    meeting = Gathering.objects.get(pk=gathering)
    item = meeting.agenda.all()[1]
    AgendaItem.objects.filter(pk=item.pk).update(kind="format")
    item.refresh_from_db()
    adopting.adopt(item, key, by=Person.objects.get(name="Ada"))
    tokens = []
    for number in range(people):
        peer = Person.objects.create_user(
            f"peer{gathering}.{number}@example.org", name=f"Peer{number} Peerson", welcomed_at=now()
        )
        meeting.rsvps.create(person=peer, status="going", checked_in_at=now())
        tokens.append(presence.enter(meeting.room, peer))
    return {"tokens": tokens}


def sign_out(session: str) -> dict:
    """End somebody's session, as they do from another device."""
    from peerhood.people import devices
    from peerhood.people.models import Device, Person

    # A page that was looked at wrote the device down; a stream alone does not.
    device, _made = Device.objects.get_or_create(
        session_key=session, defaults={"person": Person.objects.get(name="Ada")}
    )
    devices.sign_out(device)
    return {}


def member(room: int) -> dict:
    """Somebody who belongs to the room's circle, and a session that is theirs."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils.timezone import now

    from peerhood.people.models import Person
    from peerhood.rooms.models import Room

    circle = Room.objects.get(pk=room).gathering.circle
    number = Person.objects.count()
    ben = Person.objects.create_user(f"ben{number}@example.org", name=f"Ben {number}", welcomed_at=now())
    membership = circle.memberships.create(person=ben)
    session = SessionStore()
    session[SESSION_KEY] = str(ben.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = ben.get_session_auth_hash()
    session.create()
    return {"session": session.session_key, "membership": membership.pk}


def remove(membership: int) -> dict:
    """Ada takes somebody off the circle's list."""
    from peerhood.circles.entering import joining
    from peerhood.circles.models import Membership
    from peerhood.people.models import Person

    ada = Person.objects.get(name="Ada")
    joining.remove(Membership.objects.get(pk=membership), by=ada, reason="Not this time.")
    return {}


def cut_power(room: int) -> dict:
    """Empty the memory that the pot stands in."""
    from django.conf import settings

    from peerhood.rooms.models import Pot
    from peerhood.rooms.pot import spool

    spool.forget(settings.POT_SPOOL, Pot.objects.get(room=room).key)
    return {}


ACTS = {"set": set_up, "press": press, "sign_out": sign_out, "cut power": cut_power}
ACTS |= {"member": member, "remove": remove, "adopt": adopt}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")
    import django

    django.setup()
    from peerhood.rooms.tests import evenings

    ACTS |= evenings.ACTS
    for line in sys.stdin:
        name, *of = json.loads(line)
        print(json.dumps(ACTS[name](*of)), flush=True)
