"""The worker looks on for better tables. Whoever touches them meanwhile wins."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.gatherings import rsvp as answering
from peerhood.gatherings.models import Rsvp
from peerhood.journal.models import Entry
from peerhood.mixing import engine, improving, planning, rounds, searching, tasks
from peerhood.mixing.models import Plan, Round, Search, Seat
from peerhood.mixing.seating import as_plan, standing_of

State = Search.State


def half_way(plan: Plan) -> improving.Watch:
    """The worker has begun, and has found something better and written it down."""
    Search.objects.update(state=State.RUNNING)
    watch = improving.Watch(Search.objects.select_related("plan__gathering__circle").get(plan=plan))
    stored = as_plan(plan, standing_of(plan))
    watch.look_at(engine.remix(stored, after_round=watch.after, seed=9, moves=20_000))
    watch.tell()
    return watch


def finish(plan: Plan) -> Search:
    return improving.end(plan.search.pk, State.FINISHED)


def test_there_are_tables_before_any_worker_has_looked(poor):
    assert Seat.objects.filter(round__plan=poor).count() == 7 * 12
    assert (poor.search.state, poor.search.version) == (State.WAITING, poor.version)


def test_the_worker_finds_better_tables_and_stores_them_whole(poor, seats):
    before = seats(poor)
    improving.improve(poor.search.pk)
    plan = Plan.objects.get()
    assert plan.figures["cost"] < poor.figures["cost"]
    assert plan.figures == {**plan.figures, "cost": as_plan(plan, standing_of(plan)).cost}
    assert sum(one != other for one, other in zip(before, seats(plan), strict=True)) >= 6
    assert (plan.version, plan.search.version) == (poor.version + 1, poor.version + 1)
    assert plan.search.found is None
    assert Entry.objects.filter(name="plan.improved").count() == 1


def test_a_search_is_done_once_however_often_it_is_asked_for(poor, seats):
    improving.improve(poor.search.pk)
    after = seats(poor), Plan.objects.get().version
    improving.improve(poor.search.pk)
    assert (seats(poor), Plan.objects.get().version) == after


def test_where_nothing_can_be_better_no_worker_is_asked(evening, ada, makers, gathering):
    earlier = gathering(makers, starts_at=evening.starts_at - timedelta(days=60))
    for rsvp in evening.rsvps.all():
        earlier.rsvps.create(person=rsvp.person, status=Rsvp.Status.GOING, checked_in_at=now())
    plan = planning.make_plan(evening, by=ada, rounds_count=1, table_size=4)
    assert plan.figures["cost"] == 0
    assert (plan.figures["is_optimal"], plan.search.state) == (True, State.PROVEN)
    assert searching.progress_of(plan).said == "No plan can do better: this is proven."


def test_what_takes_long_to_prove_is_proven_by_the_worker(evening, ada):
    """Eleven first-timers and one greeter: somebody must do without."""
    plan = planning.make_plan(evening, by=ada, rounds_count=1, table_size=4)
    assert (plan.figures["is_optimal"], plan.search.state) == (False, State.WAITING)
    improving.improve(plan.search.pk)
    plan = Plan.objects.get()
    assert (plan.figures["is_optimal"], plan.search.state) == (True, State.PROVEN)
    assert plan.figures["cost"] == plan.figures["bound"] > 0


def test_pins_hold_while_the_worker_looks(ada, poor):
    for number in range(1, 8):
        rounds.pin(Seat.objects.get(round__number=number, person=ada), by=ada, is_pinned=True)
    pinned = Seat.objects.filter(is_pinned=True).values_list("round__number", "table", "person")
    before, plan = set(pinned), Plan.objects.get()
    searching.begin(plan)
    improving.improve(plan.search.pk)
    assert Plan.objects.get().figures["cost"] < poor.figures["cost"]
    assert set(pinned) == before
    assert len(before) == 7


def test_rounds_that_were_shown_stay_while_the_worker_looks(ada, poor, seats):
    rounds.publish(poor.rounds.first(), by=ada)
    plan = Plan.objects.get()
    searching.begin(plan)
    before = seats(plan)
    improving.improve(plan.search.pk)
    after = seats(plan)
    assert after[0] == before[0]
    assert after[1:] != before[1:]


def pin(plan, ada):
    rounds.pin(plan.rounds.last().seats.first(), by=ada, is_pinned=True)


def swap(plan, ada):
    one, *_same_table, other = plan.rounds.last().seats.all()
    rounds.swap(one, other, by=ada)


def show(plan, ada):
    rounds.publish(plan.rounds.first(), by=ada)


def mix_again(plan, ada):
    planning.make_plan(plan.gathering, by=ada, rounds_count=7, table_size=3)


def mix_for_who_is_here(plan, ada):
    planning.remix(plan.gathering, by=ada)


TOUCHES = [pin, swap, show, mix_again, mix_for_who_is_here]


@pytest.mark.parametrize("touch", TOUCHES)
def test_tables_that_were_touched_meanwhile_are_left_as_they_are(poor, ada, seats, touch):
    watch = half_way(poor)
    touch(poor, ada)
    touched, figures = seats(poor), Plan.objects.get().figures
    watch.tell()
    assert watch.is_over() is True
    finish(poor)
    assert (seats(poor), Plan.objects.get().figures) == (touched, figures)


@pytest.mark.parametrize("touch", [pin, swap, show])
def test_control_a_worker_that_does_not_look_at_the_version_undoes_the_touch(poor, ada, seats, touch):
    half_way(poor)
    touch(poor, ada)
    touched = seats(poor)
    Search.objects.update(version=Plan.objects.get().version)
    finish(poor)
    assert seats(poor) != touched


def somebody_comes(evening, person):
    evening.rsvps.create(person=person("Late Larsson"), status=Rsvp.Status.GOING)


def somebody_leaves(evening, person):
    answering.withdraw(evening, evening.rsvps.going().last().person)


def somebody_is_erased(evening, person):
    evening.rsvps.going().last().person.delete()


@pytest.mark.parametrize("change", [somebody_comes, somebody_leaves, somebody_is_erased])
def test_what_was_found_for_other_guests_is_dropped(poor, evening, person, seats, change):
    half_way(poor)
    change(evening, person)
    before = seats(poor)
    assert finish(poor).state == State.DROPPED
    assert seats(poor) == before
    assert searching.progress_of(Plan.objects.get()).said.startswith("The search ended, because")


def test_control_without_looking_who_is_here_it_would_be_stored(poor, evening, person, seats, monkeypatch):
    half_way(poor)
    somebody_leaves(evening, person)
    before = seats(poor)
    monkeypatch.setattr(improving, "_is_for_whoever_is_here", lambda plan, search: True)
    assert finish(poor).state == State.FINISHED
    assert seats(poor) != before


def test_good_enough_keeps_the_best_so_far_at_once(poor, ada, seats):
    watch = half_way(poor)
    before = seats(poor)
    found = Search.objects.get().found
    searching.stop(poor.search, by=ada)
    plan = Plan.objects.get()
    assert (plan.search.state, plan.figures) == (State.STOPPED, found["figures"])
    assert seats(poor) != before
    # The worker hears of it, and changes nothing any more.
    kept = seats(poor)
    watch.tell()
    assert watch.is_over() is True
    assert (finish(poor).state, seats(poor)) == (State.STOPPED, kept)


def test_only_a_host_says_that_it_is_enough(poor, ben, dot):
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            searching.stop(poor.search, by=person)


def test_a_worker_that_comes_when_nobody_waits_any_more_does_nothing(poor, seats):
    """Somebody may have printed the cards."""
    before = seats(poor)
    Search.objects.update(asked_at=now() - timedelta(seconds=11))
    improving.improve(poor.search.pk)
    assert (Search.objects.get().state, seats(poor)) == (State.WAITING, before)


def test_without_a_sign_of_life_nobody_is_kept_waiting(poor):
    assert searching.progress_of(poor).is_on is True
    Search.objects.update(moved_at=now() - timedelta(seconds=11))
    progress = searching.progress_of(Plan.objects.get())
    assert progress.is_on is False
    assert progress.said.endswith("These are valid as they are.")


def test_what_a_crash_left_is_forgotten_and_stored_behind_nobodys_back(poor, seats):
    half_way(poor)
    before = seats(poor)
    tasks.forget_what_a_crash_left.call_local()
    assert Search.objects.get().state == State.RUNNING  # the control: it may be alive
    Search.objects.update(moved_at=now() - timedelta(minutes=2))
    tasks.forget_what_a_crash_left.call_local()
    assert (Search.objects.get().state, Search.objects.get().found) == (State.DROPPED, None)
    assert seats(poor) == before


def test_after_a_crash_mixing_again_searches_again(poor, evening, ada):
    half_way(poor)
    plan = planning.make_plan(evening, by=ada, rounds_count=7, table_size=4)
    assert (plan.search.version, plan.search.found) == (plan.version, None)
    improving.improve(plan.search.pk)
    assert Search.objects.get().state in {State.FINISHED, State.PROVEN}


def test_progress_tells_of_the_best_so_far(poor):
    assert searching.progress_of(poor).figures is None
    half_way(poor)
    figures = searching.progress_of(Plan.objects.get()).figures
    assert figures["new"] > poor.figures["new"]
    assert figures["again"] < poor.figures["again"]


def test_old_news_is_not_told_of_other_tables(poor, ada):
    improving.improve(poor.search.pk)
    plan = Plan.objects.get()
    assert searching.progress_of(plan).said.startswith(("Looked long enough", "No plan can do better"))
    pin(plan, ada)
    assert searching.progress_of(Plan.objects.get()) is None


def test_a_round_that_is_held_meanwhile_keeps_the_seats_it_had(poor, ada, seats):
    first = rounds.publish(poor.rounds.first(), by=ada)
    plan = Plan.objects.get()
    searching.begin(plan)
    half_way(plan)
    rounds.hold(first, by=ada)
    before = seats(poor)
    assert finish(poor).state == State.DROPPED
    assert (seats(poor), Round.objects.first().state) == (before, Round.State.HELD)
