from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from peerhood.circles.models import Membership
from peerhood.gatherings import planning
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import scheduling
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.themes import ballots, deciding, tasks
from peerhood.themes.models import Adoption, Ballot, Theme


@pytest.fixture
def today(makers, afternoons, gathering):
    """A gathering of the series that is under way."""
    return gathering(makers, series=afternoons, starts_at=now() - timedelta(hours=1), title="Today")


@pytest.fixture
def decided(today, ada):
    """Let one phone choose this theme; give back the closed ballot."""

    def decide(theme, at=today, by=ada):
        ballot = ballots.open_ballot(at, by=by)
        ballots.vote(ballot, "phone 1", list(ballot.choices.filter(theme=theme).values_list("pk", flat=True)))
        return ballots.close(ballot, by=by)

    return decide


def happened():
    return list(Entry.objects.values_list("name", flat=True))


def test_the_winner_is_adopted_for_a_gathering_drafted_from_the_series(decided, afternoons, alone, tools):
    meets_next_at = scheduling.next_start(afternoons)
    drafted = decided(tools).next_gathering
    assert (drafted.title, drafted.state, drafted.series) == ("Tools", Gathering.State.DRAFT, afternoons)
    assert drafted.starts_at == meets_next_at
    assert [adoption.gathering for adoption in tools.adoptions.all()] == [drafted]
    assert Theme.objects.get(pk=tools.pk).is_scheduled()
    assert Theme.objects.get(pk=alone.pk).is_proposed()
    assert happened() == ["ballot.opened", "ballot.closed", "gathering.drafted", "theme.adopted"]


def test_deciding_twice_decides_once(decided, ada, tools):
    ballot = decided(tools)
    assert deciding.decide(ballot, by=ada) == ballot.next_gathering
    assert Gathering.objects.filter(state=Gathering.State.DRAFT).count() == Adoption.objects.count() == 1


def test_a_gathering_drafted_already_takes_the_theme_and_its_name(decided, afternoons, ada, tools):
    waiting = scheduling.draft(afternoons, by=ada)
    assert decided(tools).next_gathering == waiting
    assert [g.title for g in Gathering.objects.filter(state=Gathering.State.DRAFT)] == ["Tools"]


def test_a_draft_that_has_a_name_keeps_it(decided, afternoons, ada, tools):
    scheduling.draft(afternoons, by=ada, title="Ten years of Makers")
    assert decided(tools).next_gathering.title == "Ten years of Makers"


def test_a_draft_that_has_its_theme_is_left_alone(decided, afternoons, ada, alone, tools):
    taken = scheduling.draft(afternoons, by=ada)
    deciding.adopt(alone, taken, by=ada)
    drafted = decided(tools).next_gathering
    assert (drafted.title, drafted != taken, drafted.starts_at > taken.starts_at) == ("Tools", True, True)


def test_a_gathering_without_a_series_drafts_from_the_circles_first(decided, supper, afternoons, tools):
    assert decided(tools, at=supper).next_gathering.series == afternoons


def test_a_series_without_a_fixed_day_waits_for_a_date_and_then_takes_the_theme(
    decided, afternoons, ada, tools, today
):
    scheduling.change(afternoons, by=ada, cadence="floating")
    ballot = decided(tools)
    assert (ballot.winner, ballot.next_gathering) == (tools, None)
    with pytest.raises(Refusal, match="no fixed day"):
        deciding.decide(ballot, by=ada)
    drafted = scheduling.draft(afternoons, by=ada, starts_at=now() + timedelta(days=30))
    assert deciding.decide(ballot, by=ada) == drafted
    assert Gathering.objects.get(pk=drafted.pk).title == "Tools"


def test_without_any_series_the_result_stands_and_drafting_is_refused_in_words(decided, supper, ada, tools):
    supper.circle.series.all().delete()
    ballot = decided(tools, at=supper)
    assert (ballot.winner, ballot.next_gathering) == (tools, None)
    with pytest.raises(Refusal, match="Makers has no series to draft from"):
        deciding.decide(ballot, by=ada)
    assert Theme.objects.get(pk=tools.pk).is_proposed()


def test_nothing_is_decided_before_a_winner_is_named(today, ada, tools, alone):
    ballot = ballots.close(ballots.open_ballot(today, by=ada), by=ada)
    with pytest.raises(Refusal, match="not chosen yet"):
        deciding.decide(ballot, by=ada)
    ballot = ballots.choose(ballot, tools, by=ada)
    assert ballot.next_gathering.title == "Tools"


def test_a_facilitator_who_closes_the_ballot_drafts_too(decided, chi, afternoons, ada, tools):
    Membership.objects.filter(person=chi).update(role=Membership.Role.FACILITATOR)
    assert decided(tools, by=chi).next_gathering.title == "Tools"


def test_whoever_may_not_draft_may_not_decide(decided, afternoons, ada, ben, dot, tools, alone):
    ballot = decided(tools)
    draft = scheduling.draft(afternoons, by=ada)
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            deciding.decide(ballot, by=person)
        with pytest.raises(PermissionDenied):
            deciding.adopt(alone, draft, by=person)


def test_a_theme_is_not_adopted_twice_nor_a_gathering_given_two(afternoons, ada, tools, alone):
    first, second = scheduling.draft(afternoons, by=ada), scheduling.draft(afternoons, by=ada)
    deciding.adopt(tools, first, by=ada)
    with pytest.raises(Refusal, match="backlog any more"):
        deciding.adopt(tools, second, by=ada)
    with pytest.raises(Refusal, match="has its theme"):
        deciding.adopt(alone, first, by=ada)


def test_a_theme_is_held_when_its_gathering_took_place(makers, gathering, ada, tools):
    met = gathering(makers)
    deciding.adopt(tools, met, by=ada)
    tasks.hold_what_took_place.call_local()
    assert Theme.objects.get().state == Theme.State.SCHEDULED
    began = now() - timedelta(hours=5)
    Gathering.objects.update(starts_at=began, ends_at=now() - timedelta(hours=1))
    for _twice in range(2):
        tasks.hold_what_took_place.call_local()
    assert (Theme.objects.get().state, Theme.objects.get().last_held_on) == (
        Theme.State.HELD,
        localdate(began),
    )
    assert happened() == ["theme.adopted", "theme.held"]


def test_an_old_gathering_does_not_make_a_theme_held_that_is_scheduled_anew(makers, gathering, theme, ada):
    long_ago = now() - timedelta(days=800)
    back = theme("Risk", last_held_on=long_ago.date(), proposed="2026-01-01")
    then = gathering(makers, starts_at=long_ago, ends_at=long_ago + timedelta(hours=4))
    Adoption.objects.create(theme=back, gathering=then, adopted_at=long_ago)
    deciding.adopt(back, gathering(makers), by=ada)
    tasks.hold_what_took_place.call_local()
    assert Theme.objects.get().is_scheduled()


def test_a_cancelled_gathering_gives_its_theme_back(
    makers, gathering, ada, tools, django_capture_on_commit_callbacks
):
    off = gathering(makers)
    deciding.adopt(tools, off, by=ada)
    with django_capture_on_commit_callbacks(execute=True):
        planning.cancel(off, by=ada)
    back = Theme.objects.get()
    assert (back.state, back.proposed_at, Adoption.objects.count()) == ("proposed", tools.proposed_at, 0)


def test_a_draft_that_was_thrown_away_gives_its_theme_back(afternoons, ada, tools):
    draft = scheduling.draft(afternoons, by=ada)
    deciding.adopt(tools, draft, by=ada)
    draft.delete()
    tasks.hold_what_took_place.call_local()
    assert Theme.objects.get().is_proposed()


def test_the_ballot_outlives_the_draft(decided, tools):
    ballot = decided(tools)
    ballot.next_gathering.delete()
    assert Ballot.objects.get().winner == tools
