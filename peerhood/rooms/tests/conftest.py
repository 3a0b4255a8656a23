"""The cast in a room: Ada runs it, Ben and Chi have phones in it, Dot passes by outside."""

import pytest

from peerhood.gatherings.models import AgendaItem, Rsvp
from peerhood.mixing.models import Plan
from peerhood.rooms import running
from peerhood.rooms.tests.server import Server
from peerhood.themes.models import Theme

Kind = AgendaItem.Kind


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Wrong codes are counted in the cache, which outlives a test."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def afternoon(makers, ada, gathering):
    """Five items: arrival 20, story 30 under the Rule, mixing 40, ballot 15, closing 5. Ada hosts."""
    afternoon = gathering(makers)
    afternoon.hosts.add(ada)
    items = [
        (Kind.ARRIVAL, "Coffee", 20, "open"),
        (Kind.MEMBER_STORY, "What I stopped doing", 30, "chatham"),
        (Kind.MIXING, "Three tables", 40, "open"),
        (Kind.BALLOT, "Choose the next theme", 15, "open"),
        (Kind.CLOSING, "Last word", 5, "open"),
    ]
    for position, (kind, title, minutes, level) in enumerate(items, start=1):
        afternoon.agenda.create(
            position=position, kind=kind, title=title, length_minutes=minutes, confidentiality=level
        )
    return afternoon


@pytest.fixture
def themes(makers, ben):
    """Three themes in the backlog of Makers."""
    titles = ["One-page reporting", "Benefits realisation", "Setting up a PMO"]
    return [Theme.objects.create(circle=makers, title=title, proposed_by=ben) for title in titles]


@pytest.fixture
def room(afternoon, ada):
    return running.open_room(afternoon, by=ada)


@pytest.fixture
def plan(afternoon, ada, ben, chi):
    """Two planned rounds: Ada and Ben share table 1 and then table 2, Chi sits alone at the other."""
    plan = Plan.objects.create(gathering=afternoon, rounds_count=2, made_by=ada)
    for number, ours in ((1, 1), (2, 2)):
        planned = plan.rounds.create(number=number)
        for person, table in ((ada, ours), (ben, ours), (chi, 3 - ours)):
            planned.seats.create(person=person, table=table)
    return plan


@pytest.fixture
def guests(afternoon, person):
    """Eight more who come, as well as the plan's three."""
    people = [person(f"Guest{n} Guestson") for n in range(8)]
    for somebody in people:
        afternoon.rsvps.create(person=somebody, status=Rsvp.Status.GOING)
    return people


@pytest.fixture
def go_to(ada):
    """Walk the room to the first item of a kind: ``go_to(room, Kind.BALLOT)``."""

    def walk(room, kind):
        if room.item is None:
            room = running.start(room, by=ada)
        while room.item.kind != kind:
            room = running.next_item(room, by=ada)
        return room

    return walk


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The site in processes of its own, with an empty database."""
    server = Server(tmp_path_factory.mktemp("rooms"))
    server.start()
    yield server
    server.stop()
