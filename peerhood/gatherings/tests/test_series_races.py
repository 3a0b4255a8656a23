"""Two organisers, or an organiser and those who answer, at the same moment. On SQLite and on PostgreSQL."""

from collections import Counter
from functools import partial
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction

from peerhood.gatherings import planning, polling, rsvp
from peerhood.gatherings.models import Gathering, StandingRsvp
from peerhood.gatherings.series import following, saved_agendas, scheduling, standing
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three(afternoons, ada):
    drafted = [scheduling.draft(afternoons, by=ada) for _ in range(3)]
    return [planning.publish(one, by=ada, purpose="To meet.") for one in drafted]


def kinds(outcomes):
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_a_year_drafted_by_two_at_once_is_drafted_once(afternoons, ada):
    outcomes = at_once(*[partial(scheduling.draft_year, afternoons, by=ada)] * 2)
    assert kinds(outcomes) == {"list": 1, "Refusal": 1}
    days = [gathering.wall_day for gathering in afternoons.gatherings.all()]
    assert len(days) == len(set(days)) >= 4


def test_two_who_change_all_that_follow_at_once_do_not_wait_for_each_other(three, ada):
    first, *later = three
    seen = {one.pk: one.version for one in later}
    change = partial(following.edit_all, first, by=ada, version=first.version, seen=seen)
    outcomes = at_once(partial(change, place_name="The mill"), partial(change, place_name="The barn"))
    assert kinds(outcomes) == {"Outcome": 1, "Conflict": 1}
    assert len({one.place_name for one in Gathering.objects.all()}) == 1


def test_answers_and_a_change_of_all_that_follow_do_not_wait_for_each_other(three, ada, ben, chi):
    first, second, third = three
    for number in range(5):
        first, *later = [Gathering.objects.get(pk=one.pk) for one in (first, second, third)]
        change = partial(
            following.edit_all,
            first,
            by=ada,
            version=first.version,
            seen={one.pk: one.version for one in later},
            place_name=f"Place {number}",
        )
        turn = rsvp.withdraw if number % 2 else rsvp.attend
        outcomes = at_once(change, partial(turn, third, ben), partial(turn, second, chi))
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
        assert {one.place_name for one in Gathering.objects.all()} == {f"Place {number}"}
    assert [one.going_count for one in Gathering.objects.order_by("starts_at")] == [0, 1, 1]


def test_control_where_rows_are_not_taken_first_an_answer_and_a_change_wait_for_each_other(
    three, ada, ben, monkeypatch
):
    first, *later = three
    changed, held, edit = Event(), Event(), planning.edit

    def edit_and_wait(*args, **fields):
        edited = edit(*args, **fields)
        changed.set()
        held.wait(1)
        return edited

    def answer():
        changed.wait(5)
        with transaction.atomic():
            Gathering.objects.select_for_update().get(pk=later[-1].pk)
            held.set()
            return rsvp.attend(later[-1], ben)

    monkeypatch.setattr(following, "_lock_with_those_after", following.following)
    monkeypatch.setattr(planning, "edit", edit_and_wait)
    seen = {one.pk: one.version for one in later}
    change = partial(
        following.edit_all, first, by=ada, version=first.version, seen=seen, place_name="The mill"
    )
    stuck = [
        outcome
        for outcome in at_once(change, answer, may_raise=OperationalError)
        if isinstance(outcome, OperationalError)
    ]
    # SQLite lets one writer in at a time, and nobody waits for a row there.
    assert bool(stuck) == (connection.vendor == "postgresql")


def test_who_says_twice_at_once_that_they_stand_stands_once(three, afternoons, ben):
    outcomes = at_once(*[partial(standing.stand, afternoons, ben)] * 3)
    assert kinds(outcomes) == {"StandingRsvp": 3}
    assert StandingRsvp.objects.count() == 1
    assert [one.going_count for one in Gathering.objects.all()] == [1, 1, 1]


def test_many_who_begin_to_stand_do_not_wait_for_each_other(three, afternoons, ada, ben, chi):
    outcomes = at_once(*[partial(standing.stand, afternoons, person) for person in (ada, ben, chi)])
    assert kinds(outcomes) == {"StandingRsvp": 3}
    assert [one.going_count for one in Gathering.objects.all()] == [3, 3, 3]


def test_two_hosts_who_remind_at_once_remind_once(afternoons, ada):
    poll = polling.open_poll(afternoons, polling.proposed_starts(afternoons), by=ada)
    outcomes = at_once(*[partial(polling.remind, poll, by=ada)] * 2)
    assert sorted(map(str, map(type, outcomes))) == sorted(map(str, (int, Refusal)))
    assert Mail.objects.filter(kind="gatherings/poll_reminder").count() == 3


def test_a_name_is_given_to_one_agenda(three, ada):
    outcomes = at_once(*[partial(saved_agendas.save, three[0], "Ours", by=ada)] * 2)
    assert kinds(outcomes) == {"SavedAgenda": 1, "Refusal": 1}
