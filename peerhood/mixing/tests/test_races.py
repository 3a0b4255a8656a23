"""Two at the same moment: the worker and a host, two hosts, two workers."""

import time

import pytest

from peerhood.mixing import improving, planning, rounds, searching
from peerhood.mixing.models import Plan, Search, Seat
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture
def searched(evening, ada, spoil, monkeypatch):
    """A poor plan with a search nobody has taken up yet."""
    plan = planning.make_plan(evening, by=ada, rounds_count=7, table_size=4, seed=1)
    # Tasks are done at once here; this one waits for the test.
    monkeypatch.setattr(searching, "improve_plan", lambda search_id: None)
    return spoil(plan)


@pytest.fixture(autouse=True)
def wide_gaps(monkeypatch):
    """Let everybody take their time after looking, so that somebody can come in between."""
    tell, standing_of = improving.Watch.tell, planning.standing_of

    def slow_tell(watch, **how):
        is_first_news = watch.best is not None and watch.told is None
        tell(watch, **how)
        if is_first_news:
            time.sleep(0.4)

    def slow_standing_of(plan):
        found = standing_of(plan)
        time.sleep(0.4)
        return found

    monkeypatch.setattr(improving, "BEAT_SECONDS", 0.0)
    monkeypatch.setattr(improving.Watch, "tell", slow_tell)
    monkeypatch.setattr(planning, "standing_of", slow_standing_of)


def wait_until(is_so) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def has_found() -> bool:
    """Has the worker found something; or was it stopped before we looked up?"""
    found = Search.objects.filter(state=Search.State.RUNNING).exclude(found=None)
    return found.exists() or Search.objects.filter(state=Search.State.STOPPED).exists()


def test_a_host_who_swaps_while_the_worker_looks_wins(searched, ada, seats):
    one, *_others, other = searched.rounds.last().seats.all()

    def swap():
        wait_until(has_found)
        rounds.swap(one, other, by=ada)
        return seats(searched)

    ended, swapped = at_once(lambda: improving.improve(searched.search.pk), swap)
    assert ended is None
    assert seats(searched) == swapped
    assert Search.objects.get().state == Search.State.DROPPED


def test_good_enough_and_the_end_at_once_store_once(searched, ada, seats):
    before = seats(searched)

    def stop():
        wait_until(has_found)
        return searching.stop(Search.objects.select_related("plan__gathering").get(), by=ada)

    _worker, one, other = at_once(lambda: improving.improve(searched.search.pk), stop, stop)
    plan = Plan.objects.get()
    assert {one.state, other.state} == {Search.State.STOPPED}
    assert plan.version == searched.version + 1
    assert seats(plan) != before
    assert Seat.objects.filter(round__plan=plan).count() == 7 * 12


def test_two_workers_do_one_search(searched, ada):
    def stop():
        wait_until(has_found)
        return searching.stop(Search.objects.select_related("plan__gathering").get(), by=ada)

    search = searched.search.pk
    first, second, stopped = at_once(
        lambda: improving.improve(search), lambda: improving.improve(search), stop
    )
    assert (first, second, stopped.state) == (None, None, Search.State.STOPPED)
    assert Plan.objects.get().version == searched.version + 1


def test_two_hosts_who_press_at_once_get_the_same_tables_and_one_search(evening, ada, makers, ben):
    makers.memberships.filter(person=ben).update(role="organiser")

    def mix(host):
        return planning.make_plan(evening, by=host, rounds_count=7, table_size=4)

    plans = at_once(lambda: mix(ada), lambda: mix(ben))
    assert [type(plan) for plan in plans] == [Plan, Plan]
    assert plans[0].pk == plans[1].pk
    assert Plan.objects.get().version in {1, 2}  # the second is a search that found better ones
    assert Search.objects.count() == 1
    assert Seat.objects.filter(round__plan__gathering=evening).count() == 7 * 12


def test_who_wanted_other_tables_is_told_that_somebody_was_first(evening, ada, makers, ben, settings):
    makers.memberships.filter(person=ben).update(role="organiser")
    settings.MIXING = {**settings.MIXING, "at_once": {"deadline": 1.0}, "in_background": {"moves": 1}}
    outcomes = at_once(
        lambda: planning.make_plan(evening, by=ada, rounds_count=7, table_size=4),
        lambda: planning.make_plan(evening, by=ben, rounds_count=2, table_size=6),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Plan", "Touched"]
    plan = Plan.objects.get()
    assert plan.rounds.count() == plan.rounds_count


@pytest.fixture
def somebody_left(plan, evening, ada):
    """So that mixing again changes every round it is not kept from."""
    guest = evening.rsvps.going().exclude(person=ada).first()
    evening.rsvps.filter(pk=guest.pk).update(status="declined")


def show_meanwhile(plan, ada):
    time.sleep(0.2)
    return rounds.publish(plan.rounds.first(), by=ada)


def test_a_round_shown_while_the_engine_thinks_stays_as_it_was_shown(
    evening, ada, plan, somebody_left, seats
):
    before = seats(plan)
    refused, shown = at_once(lambda: planning.remix(evening, by=ada), lambda: show_meanwhile(plan, ada))
    assert (type(refused), shown.state) == (planning.Touched, "published")
    assert seats(plan) == before


def test_control_without_the_version_it_is_mixed_again(evening, ada, plan, somebody_left, seats, monkeypatch):
    before = seats(plan)
    monkeypatch.setattr(rounds, "_count_change", lambda plan: None)
    at_once(lambda: planning.remix(evening, by=ada), lambda: show_meanwhile(plan, ada))
    assert plan.rounds.first().state == "published"
    assert seats(plan)[0] != before[0]
