"""The process beside the server: it invents the members, opens and pours the pots, and reads the disk afterwards.

One request a line, ``["open"]`` or ``["vote", 3, "dots"]``, and one line of JSON back.
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

    from bench.promise import disk, twins
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
    disk.backups.take()
    return {"sessions": sessions}


def open_room(level: str = "chatham") -> dict:
    """A new room whose items are at this level, with a pot in it. Five guests are here already, so that it may be poured."""
    from django.utils.timezone import now

    from bench.promise import files
    from peerhood.circles.models import Circle, Membership
    from peerhood.gatherings.models import AgendaItem, Gathering
    from peerhood.people.models import Person
    from peerhood.rooms import presence, running
    from peerhood.rooms.pot import opening
    from peerhood.themes.models import Theme

    files.since.begin()
    ada = Person.objects.get(name="Member 0")
    # Each room has a circle of its own, so that what stands to its ballot is new.
    number = Circle.objects.count()
    circle = Circle.objects.create(
        name=f"Makers {number}", slug=f"makers-{number}", purpose="To make.", language="en"
    )
    circle.memberships.create(person=ada, role=Membership.Role.ORGANISER)
    Theme.objects.bulk_create(
        Theme(circle=circle, title=f"Theme {theme}", proposed_by=ada) for theme in range(MEMBERS)
    )
    gathering = Gathering.objects.create(
        circle=circle,
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
        confidentiality=level,
    )
    gathering.agenda.create(
        position=2,
        kind=AgendaItem.Kind.BALLOT,
        title="Choose the next theme",
        length_minutes=10,
        confidentiality=level,
    )
    room = running.start(running.open_room(gathering, by=ada), by=ada)
    for _guest in range(5):
        presence.enter(room)
    pot = opening.open_pot(room, by=ada)
    return {"code": room.code, "key": pot.key, "pot": pot.pk, "room": room.pk}


def pour(pot: int) -> dict:
    """The worker's round at the end of the step, and everything on the disk after it."""
    from bench.promise import disk
    from peerhood.rooms.models import Pot
    from peerhood.rooms.pot import pouring

    return disk.of_notes(pouring.pour(Pot.objects.get(pk=pot)))


def vote(room: int, kind: str) -> dict:
    """Whoever is in the room has a vote: on its notes, on going on, or on the next theme."""
    from peerhood.people.models import Person
    from peerhood.rooms import running
    from peerhood.rooms.models import Room
    from peerhood.rooms.pot import counting, opening

    ada, here = Person.objects.get(name="Member 0"), Room.objects.get(pk=room)
    if kind == "dots":
        pot = opening.open_dots(here, by=ada, votes_each=1)
    elif kind == "thumbs":
        pot = opening.open_thumbs(here, by=ada)
    else:
        pot = running.next_item(here, by=ada).pots.get(kind=kind)
    return {"pot": pot.pk, "key": pot.key, "choices": [key for key, _words in counting.standing(pot)]}


def go_on(room: int) -> dict:
    """The next item: the ballot; where it is open, votes are rows."""
    from peerhood.people.models import Person
    from peerhood.rooms import running
    from peerhood.rooms.models import Room
    from peerhood.themes.models import Choice

    here = running.next_item(Room.objects.get(pk=room), by=Person.objects.get(name="Member 0"))
    choices = Choice.objects.filter(ballot__gathering=here.gathering_id)
    return {"choices": list(choices.values_list("pk", flat=True))}


def count(pot: int, tickets: list[str]) -> dict:
    """The worker counts, and everything on the disk after it."""
    from bench.promise import disk
    from peerhood.rooms.models import Pot
    from peerhood.rooms.pot import pouring

    return disk.of_votes(pouring.pour(Pot.objects.get(pk=pot)), tickets)


def close(room: int) -> dict:
    from peerhood.rooms.models import Room
    from peerhood.rooms.running import close_forgotten

    close_forgotten(Room.objects.get(pk=room))
    return {}


def seen(pot: int) -> dict:
    """What the room may see of a pot."""
    from peerhood.rooms.models import Pot

    found = Pot.objects.get(pk=pot)
    return {"state": found.state, "notes": found.notes.count()}


def totals(pot: int) -> dict:
    """What the room may see of the dots that were given."""
    from peerhood.rooms.models import Note, Pot

    found = Pot.objects.get(pk=pot)
    notes = Note.objects.filter(pot=found.about_id)
    return {"state": found.state, "dots": {str(note.pk): note.dots for note in notes}}


def begin() -> dict:
    """A round of a control begins."""
    from bench.promise import files

    files.since.begin()
    return {}


def twin(design: str, number: int, texts: list[str]) -> dict:
    from bench.promise import disk

    return disk.of_twin(design, number, texts)


def _say(statement: str, values: list) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)


ACTS = {"set up": set_up, "open": open_room, "pour": pour, "vote": vote, "count": count, "close": close}
ACTS |= {"go on": go_on, "seen": seen, "totals": totals, "begin": begin, "twin": twin}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.promise.twin_settings")
    import django

    django.setup()
    for line in sys.stdin:
        name, *of = json.loads(line)
        print(json.dumps(ACTS[name](*of)), flush=True)
