from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.themes import ballots, proposing
from peerhood.themes.models import Theme


def titles(themes):
    return [theme.title for theme in themes]


def happened():
    return list(Entry.objects.values_list("name", flat=True))


def test_whoever_proposes_a_theme_is_the_first_to_want_it(makers, ben):
    theme = proposing.propose(makers, ben, " Being alone in the job ", "Who else is?")
    assert (theme.title, theme.proposed_by, theme.state) == (
        "Being alone in the job",
        ben,
        Theme.State.PROPOSED,
    )
    assert (theme.support_count, [s.person for s in theme.supports.all()]) == (1, [ben])
    assert happened() == ["theme.proposed"]


def test_a_title_stands_in_the_backlog_once_however_it_is_set(makers, ada, ben):
    there = proposing.propose(makers, ben, "Benefits – realisation")
    with pytest.raises(proposing.AlreadyThere) as refusal:
        proposing.propose(makers, ada, "  benefits REALISATION!")
    assert refusal.value.theme == there
    assert titles(makers.themes.all()) == ["Benefits – realisation"]


def test_another_circle_may_talk_about_the_same(makers, forum, ben):
    proposing.propose(makers, ben, "Tools")
    proposing.propose(forum, ben, "Tools")
    assert (titles(makers.themes.all()), titles(forum.themes.all())) == (["Tools"], ["Tools"])


def test_a_withdrawn_title_may_be_proposed_anew(makers, ben):
    proposing.withdraw(proposing.propose(makers, ben, "Tools"), ben)
    proposing.propose(makers, ben, "Tools")
    assert titles(makers.themes.backlog()) == ["Tools"]


def test_outside_the_circle_nobody_has_a_say(makers, dot, tools):
    for act in (proposing.support, proposing.unsupport, proposing.withdraw, proposing.propose_again):
        with pytest.raises(PermissionDenied):
            act(tools, dot)
    with pytest.raises(PermissionDenied):
        proposing.propose(makers, dot, "Dot’s theme")
    assert (titles(makers.themes.all()), happened()) == (["Tools"], [])


def test_wanting_a_theme_twice_counts_once_and_can_be_taken_back(tools, ben, chi):
    for person in (ben, chi, ben):
        theme = proposing.support(tools, person)
    assert theme.support_count == 2
    for _twice in range(2):
        theme = proposing.unsupport(tools, ben)
    assert (theme.support_count, [s.person for s in tools.supports.all()]) == (1, [chi])
    assert happened() == ["theme.supported", "theme.supported", "theme.unsupported"]


def test_the_backlog_stands_most_wanted_first_then_longest_wait(makers, tools, alone, value, chi):
    proposing.support(tools, chi)
    assert list(makers.themes.backlog()) == [tools, value, alone]


def test_whoever_proposed_it_or_an_organiser_withdraws_a_theme(makers, ada, ben, chi):
    first, second = proposing.propose(makers, ben, "First"), proposing.propose(makers, ben, "Second")
    with pytest.raises(PermissionDenied):
        proposing.withdraw(first, chi)
    proposing.withdraw(first, ben)
    proposing.withdraw(second, ada)
    assert titles(makers.themes.backlog()) == []


@pytest.mark.parametrize("state", [Theme.State.SCHEDULED, Theme.State.HELD, Theme.State.WITHDRAWN])
def test_only_what_waits_can_be_wanted_or_withdrawn(theme, ada, state):
    gone = theme("Gone", state=state)
    for act in (proposing.support, proposing.unsupport, proposing.withdraw):
        with pytest.raises(Refusal):
            act(gone, ada)


def test_a_theme_on_an_open_ballot_is_not_withdrawn(supper, ada, tools):
    ballot = ballots.open_ballot(supper, by=ada)
    with pytest.raises(Refusal, match="being voted on"):
        proposing.withdraw(tools, ada)
    ballots.close(ballot, by=ada)
    proposing.withdraw(tools, ada)
    assert titles(supper.circle.themes.backlog()) == []


def test_a_held_theme_comes_back_after_a_year_and_is_wanted_anew(theme, ada, ben):
    a_year_ago = localdate() - timedelta(days=365)
    held = theme("Risk", state=Theme.State.HELD, last_held_on=a_year_ago + timedelta(days=1), support_count=1)
    held.supports.create(person=ada)
    with pytest.raises(Refusal, match="less than a year ago"):
        proposing.propose_again(held, ben)
    Theme.objects.update(last_held_on=a_year_ago)
    back = proposing.propose_again(held, ben)
    assert (back.state, back.support_count, [s.person for s in back.supports.all()]) == ("proposed", 1, [ben])
    assert (now() - back.proposed_at < timedelta(minutes=1), back.last_held_on) == (True, a_year_ago)


def test_a_theme_waits_since_it_was_last_held_else_since_it_was_proposed(theme, value):
    again = theme("Risk", last_held_on=localdate().replace(2024, 11, 20))
    assert value.waiting_since() == value.proposed_at
    assert again.waiting_since().isoformat() == "2024-11-20T00:00:00+01:00"


def test_a_title_of_a_held_theme_leads_to_it(makers, theme, ben):
    held = theme("Risk", state=Theme.State.HELD, last_held_on=localdate())
    with pytest.raises(proposing.AlreadyThere) as refusal:
        proposing.propose(makers, ben, "risk")
    assert refusal.value.theme == held
