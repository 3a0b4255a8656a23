import pytest
from django.utils import translation

from peerhood.themes import ballots
from peerhood.themes.models import Theme
from peerhood.themes.results import result_of


@pytest.fixture
def closed(supper, ada):
    """Close a ballot on which phones approved these themes: ``closed([tools], [tools, value])``."""

    def close(*approvals):
        ballot = ballots.open_ballot(supper, by=ada)
        for number, themes in enumerate(approvals):
            ids = ballot.choices.filter(theme__in=themes).values_list("pk", flat=True)
            ballots.vote(ballot, f"phone {number}", list(ids))
        return ballots.close(ballot, by=ada)

    return close


def test_a_clear_result_says_who_won_and_by_how_many(closed, tools, alone):
    result = result_of(closed([tools], [tools, alone], [alone, tools]))
    assert result.sentence() == "“Tools” is the next theme. 3 of 3 people voted for it."
    assert [(str(choice), choice.vote_count) for choice in result.choices] == [
        ("Tools", 3),
        ("Being alone in the job", 2),
    ]


def test_one_voter_is_one_person(closed, tools):
    assert result_of(closed([tools])).sentence() == "“Tools” is the next theme. 1 of 1 person voted for it."


def test_a_tie_is_explained(closed, value, alone, tools):
    result = result_of(closed([value, alone, tools]))
    assert result.sentence() == (
        "“The value of the office” is the next theme. Tied on 1 with “Being alone in the job” and “Tools”; "
        "it has waited longest (since March 2024)."
    )


def test_a_tie_within_a_month_is_told_apart_by_the_day(closed, theme):
    result = result_of(closed([theme("First", proposed="2026-03-03"), theme("Then", proposed="2026-03-09")]))
    assert result.sentence() == (
        "“First” is the next theme. Tied on 1 with “Then”; it has waited longest (since 3 March 2026)."
    )


def test_the_explanation_stays_when_the_theme_is_held_later(closed, value, alone):
    ballot = closed([value, alone])
    said = result_of(ballot).sentence()
    Theme.objects.filter(pk=value.pk).update(last_held_on="2026-12-03", state=Theme.State.HELD)
    assert result_of(type(ballot).objects.get()).sentence() == said


def test_equal_waits_are_the_organisers_to_decide(closed, theme, ada):
    north, south = theme("North"), theme("South")
    ballot = closed([north, south])
    assert result_of(ballot).sentence() == (
        "“North” and “South” tied on 1 and have waited equally long. The organiser chooses."
    )
    ballot = ballots.choose(ballot, south, by=ada)
    assert result_of(ballot).sentence() == (
        "“South” is the next theme. Tied on 1 with “North” after equal waits, so the organiser chose."
    )


def test_nobody_voting_is_said_too(closed, tools, ada):
    ballot = closed()
    assert result_of(ballot).sentence() == "Nobody voted. The organiser chooses the next theme."
    ballot = ballots.choose(ballot, tools, by=ada)
    assert result_of(ballot).sentence() == "“Tools” is the next theme. Nobody voted, so the organiser chose."


def test_the_result_follows_the_readers_language(closed, value, alone):
    ballot = closed([value, alone])
    with translation.override("sv"):
        assert "mars 2024" in result_of(ballot).sentence()
