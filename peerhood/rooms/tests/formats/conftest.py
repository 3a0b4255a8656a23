"""A room with a format in it: Ada runs it, and whoever is asked for is in the room with a phone."""

import pytest

from peerhood.gatherings.models import AgendaItem, Rsvp
from peerhood.rooms import presence, running
from peerhood.rooms.formats.recipe import Part, Recipe, Role, Step
from peerhood.rooms.models import Format

LISTENER = Role("listener", "Listener")


@pytest.fixture
def recipe():
    """A recipe of these parts: ``recipe(Part((Step("Alone"),)))``; steps alone are a part of their own."""

    def make(*parts, **more):
        whole = tuple(part if isinstance(part, Part) else Part((part,)) for part in parts)
        return Recipe("tried", "Tried", roles=(LISTENER, Role("client", "Client")), parts=whole, **more)

    return make


@pytest.fixture
def room_with(makers, ada, gathering, recipe):
    """A room that has begun with an item of this format, and has a last word after it."""

    def make(*parts, level="open", minutes=30, **more):
        evening = gathering(makers, title="Evening", capacity=60)
        evening.hosts.add(ada)
        item = evening.agenda.create(
            position=1,
            kind=AgendaItem.Kind.FORMAT,
            title="Tried",
            length_minutes=minutes,
            confidentiality=level,
        )
        evening.agenda.create(position=2, kind=AgendaItem.Kind.CLOSING, title="Last word", length_minutes=5)
        Format.objects.create(item=item, key="tried", recipe=recipe(*parts, **more).as_data())
        return running.open_room(evening, by=ada)

    return make


@pytest.fixture
def come(person):
    """So many people are checked in and in the room with a phone: ``come(room, 4)``."""

    def arrive(room, count):
        people = [person(f"Peer{n} Peerson") for n in range(count)]
        for somebody in people:
            room.gathering.rsvps.create(person=somebody, status=Rsvp.Status.GOING)
            presence.enter(room, somebody)
        return people

    return arrive


@pytest.fixture
def steps():
    """Two steps of a minute and of two."""
    return Step("First", seconds=60), Step("Second", seconds=120)


@pytest.fixture
def item(afternoon):
    """Half an hour for a format, open, after the closing that everybody hurries to."""
    return afternoon.agenda.create(
        position=6, kind=AgendaItem.Kind.FORMAT, title="Together", length_minutes=30, confidentiality="open"
    )


@pytest.fixture
def of_the_forum(forum, ada, gathering):
    """The same in a circle that nobody outside may know of."""
    dawn = gathering(forum)
    dawn.hosts.add(ada)
    return dawn.agenda.create(position=1, kind="format", title="At dawn", length_minutes=30)
