"""Evenings that a journey begins: a circle in its language, an agenda with formats, and guests who have checked in.

The room is still to be opened: that is for whoever sits at the desk.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.coming import seats
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Employer, Person
from peerhood.rooms import presence
from peerhood.rooms.formats import adopting
from peerhood.rooms.forum import listeners
from peerhood.rooms.models import Room


def begin(evening: dict) -> dict:
    """Set up what the journey says: language, level, mode, title, host, guests, agenda.

    A guest is a name, an employer, and the part they take; a line of the agenda is a kind, a
    title, who leads it, and the key of a format or nothing.
    """
    number = Circle.objects.count()
    circle = Circle.objects.create(
        name=evening["circle"], slug=f"evening-{number}", purpose="…", language=evening["language"]
    )
    host = _person(evening["host"], number, evening["language"])
    circle.memberships.create(person=host, role=Membership.Role.ORGANISER)
    gathering = Gathering.objects.create(
        circle=circle,
        title=evening["title"],
        state=Gathering.State.PUBLISHED,
        starts_at=now(),
        ends_at=now() + timedelta(hours=3),
        time_zone="Europe/Stockholm",
        mode=evening["mode"],
        online_url="" if evening["mode"] == "in-person" else "https://call.example.org/evening",
    )
    gathering.hosts.add(host)
    for position, (kind, title, speaker, key) in enumerate(evening["agenda"], start=1):
        item = gathering.agenda.create(
            position=position,
            kind=kind,
            title=title,
            speaker=speaker,
            length_minutes=20,
            confidentiality=evening["level"],
        )
        if key:
            adopting.adopt(item, key, by=host)
    guests = []
    for name, employer, part in evening["guests"]:
        guest = _person(name, number, evening["language"])
        circle.memberships.create(person=guest)
        guest.affiliations.create(employer=Employer.objects.get_or_create(name=employer)[0], title="PMO lead")
        gathering.rsvps.create(person=guest, status="going", part=part, checked_in_at=now())
        guests.append(_session(guest))
    seats.keep(gathering)
    return {"gathering": gathering.pk, "host": _session(host), "guests": guests}


def come_in(gathering: int, count: int) -> dict:
    """The last so many of the guests come into the room, on phones that no browser of ours holds."""
    meeting = Gathering.objects.get(pk=gathering)
    for rsvp in meeting.rsvps.order_by("-pk")[:count]:
        presence.enter(meeting.room, rsvp.person)
    return {}


def time_passes(gathering: int, left: int) -> dict:
    """The item that is on has so many seconds left, as if the others had passed; the worker is asked to come then."""
    room = Room.objects.select_related("item").get(gathering=gathering)
    by = room.times()[1] - now() - timedelta(seconds=left)
    Room.objects.filter(pk=room.pk).update(
        item_started_at=room.times()[0] - by, item_ends_at=room.times()[1] - by, version=room.version + 1
    )
    room.refresh_from_db()
    listeners.plan_the_stop(room)
    return {}


def _person(name: str, number: int, language: str) -> Person:
    address = f"{name.split()[0].lower()}{number}@example.org"
    return Person.objects.create_user(address, name=name, language=language, welcomed_at=now())


def _session(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


ACTS = {"begin an evening": begin, "come in": come_in, "time passes": time_passes}
