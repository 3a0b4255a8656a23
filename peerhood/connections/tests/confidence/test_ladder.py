"""The ladder: what is known counts, what is ticked counts, and nobody else ever reads it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.connections.confidence import ladder
from peerhood.connections.models import LadderTick
from peerhood.journal.models import Entry
from peerhood.people.own_data import rules
from tests.access.routes import named_routes

pytestmark = pytest.mark.django_db


def reached(person):
    return {one.rung.key for one in ladder.ladder_of(person) if one.is_reached}


def test_what_is_known_anyway_counts(makers, ada, ben, gathering):
    assert reached(ben) == set()
    past = gathering(makers, starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1))
    past.rsvps.create(person=ben, status="going", checked_in_at=now(), guests_count=1, guest_names=["X"])
    assert reached(ben) == {"attend", "bring"}
    past.hosts.add(ben)
    makers.memberships.filter(person=ben).update(role="facilitator")
    assert reached(ben) == {"attend", "bring", "table", "facilitate"}
    assert reached(ada) == {"organise"}


def test_what_somebody_ticks_counts_until_they_undo_it(ben, as_):
    as_(ben).post("/connections/ladder/question/")
    as_(ben).post("/connections/ladder/question/")
    assert reached(ben) == {"question"}
    as_(ben).post("/connections/ladder/question/", {"undo": "1"})
    assert reached(ben) == set()


def test_the_next_step_is_one_sentence_with_one_link(makers, ben, as_):
    page = as_(ben).get("/connections/ladder/").text
    assert page.count("sit down where there is a chair") == 1
    for rung in ladder.RUNGS:
        ladder.tick(ben, rung.key)
    assert ladder.next_step(ladder.ladder_of(ben)) is None
    assert "every rung" in as_(ben).get("/connections/ladder/").text


def test_each_next_step_leads_to_a_page(makers, ben, as_):
    for rung in ladder.RUNGS:
        assert as_(ben).get(ladder.link_to(rung, ben)).status_code == 200, rung.key


def test_a_rung_that_is_none_is_not_found(ben, as_):
    assert as_(ben).post("/connections/ladder/nonsense/").status_code == 404


def test_no_address_names_whose_ladder_it_is(ben):
    of_ladder = {name: parameters for name, parameters in named_routes() if "ladder" in name}
    assert of_ladder == {"connections:ladder": [], "connections:ladder_tick": ["rung"]}


def test_nothing_is_in_the_journal_and_all_of_it_in_ones_own_export(makers, ada, ben):
    before = Entry.objects.count()
    ladder.tick(ben, "question")
    assert Entry.objects.count() == before
    assert [row["rung"] for row in rules.told_in("my_ladder", ben)] == ["question"]
    assert rules.told_in("my_ladder", ada) == []


@pytest.mark.parametrize("who", ["ada", "chi", "dot"])
def test_nobody_else_reads_it_on_any_page(who, request, makers, ben, as_):
    """Whatever others see of somebody, and of their circle, is the same before and after a tick."""
    other = request.getfixturevalue(who)
    paths = [
        f"/people/{ben.pk}/",
        "/people/",
        "/circles/makers/",
        "/circles/makers/members/",
        "/connections/ladder/",
        "/connections/",
        "/me/data/",
    ]

    def seen():
        # A form's token is another one each time.
        pages = [as_(other).get(path).content.decode() for path in paths]
        return [
            [line for line in page.splitlines() if "csrf" not in line and "nonce" not in line]
            for page in pages
        ]

    before = seen()
    LadderTick.objects.create(person=ben, rung="question")
    assert seen() == before
    LadderTick.objects.create(person=other, rung="question")
    assert seen() != before  # control: one's own is seen
