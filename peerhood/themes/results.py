"""The result of a ballot, as it is read out: who won, by what, and how a tie was broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.themes import tally
from peerhood.themes.models import Ballot, Choice


@dataclass(frozen=True)
class Result:
    """The totals of a closed ballot; ``choices`` are ranked, most votes first."""

    ballot: Ballot
    choices: Sequence[Choice]
    outcome: tally.Outcome

    @property
    def winning(self) -> Choice | None:
        """The choice that won, by the tally or by the organiser; None while the organiser has to choose."""
        theme_id, key = self.ballot.winner_id, self.outcome.winner
        return next((c for c in self.choices if c.theme_id == theme_id or c.pk == key), None)

    @property
    def tied(self) -> list[Choice]:
        return self._choices(self.outcome.tied)

    @property
    def left(self) -> list[Choice]:
        """What the organiser may choose between; none once the ballot is decided."""
        return [] if self.winning else self._choices(self.outcome.left)

    def is_unanimous(self) -> bool:
        """Every sealed vote was for what won: who voted was told beforehand that this shows their vote."""
        winning = self.winning
        everybody = self.ballot.is_sealed and self.ballot.voter_count
        return bool(everybody and winning and winning.vote_count == self.ballot.voter_count)

    def _choices(self, keys: Sequence[int]) -> list[Choice]:
        by_key = {choice.pk: choice for choice in self.choices}
        return [by_key[key] for key in keys]

    def sentence(self) -> str:
        """Say the result in a sentence or two; a tie-break is always named."""
        if winning := self.winning:
            next_theme = _("“%(title)s” is the next theme.") % {"title": winning.theme}
            return f"{next_theme} {self._why(winning)}"
        if self.ballot.is_withheld():
            return _("Too few voted to hide among, so no vote was counted. The organiser chooses the next theme.")  # fmt: skip
        if not self.ballot.voter_count:
            return _("Nobody voted. The organiser chooses the next theme.")
        return _("%(titles)s tied on %(votes)d and have waited equally long. The organiser chooses.") % {
            "titles": _and(self.left),
            "votes": self.outcome.most_votes,
        }

    def _why(self, winning: Choice) -> str:
        facts = {
            "votes": winning.vote_count,
            "voters": self.ballot.voter_count,
            "rivals": _and([choice for choice in self.tied if choice != winning]),
        }
        if self.ballot.is_withheld():
            return _("Too few voted to hide among, so the organiser chose.")
        if not self.ballot.voter_count:
            return _("Nobody voted, so the organiser chose.")
        if self.is_unanimous():
            return _("Everyone agrees.")
        if self.outcome.by_votes():
            said = ngettext(
                "%(votes)d of %(voters)d person voted for it.",
                "%(votes)d of %(voters)d people voted for it.",
                self.ballot.voter_count,
            )
        elif self.outcome.by_longest_wait():
            facts["since"] = _since(self.tied[0].waiting_since, self.tied[1].waiting_since)
            said = _("Tied on %(votes)d with %(rivals)s; it has waited longest (since %(since)s).")
        else:
            said = _("Tied on %(votes)d with %(rivals)s after equal waits, so the organiser chose.")
        return said % facts


def result_of(ballot: Ballot) -> Result:
    """Read the totals as the close wrote them. One query."""
    choices = list(ballot.choices.select_related("theme__circle"))
    by_key = {choice.pk: choice for choice in choices}
    in_order = [by_key[candidate.key] for candidate in tally.ranked(c.as_candidate() for c in choices)]
    outcome = tally.decide(choice.as_candidate() for choice in choices if not choice.is_taken)
    return Result(ballot, in_order, outcome)


def _and(choices: Sequence[Choice]) -> str:
    titles = [_("“%(title)s”") % {"title": choice.theme} for choice in choices]
    if len(titles) < 2:
        return "".join(titles)
    return _("%(most)s and %(last)s") % {"most": ", ".join(titles[:-1]), "last": titles[-1]}


def _since(first: datetime, second: datetime) -> str:
    """Say the first moment as shortly as tells it from the second: by the month, the day or the minute."""
    for form in ("F Y", "j F Y", "j F Y, H:i"):
        said = date_format(localtime(first), form)
        if said != date_format(localtime(second), form):
            break
    return said
