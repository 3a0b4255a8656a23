"""Ballots: the last three of each circle, closed, with their totals; the votes themselves are not kept.

The one before the last was a tie, and the theme that had waited longest won it.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import Gathering
from peerhood.themes.ballots import MOST_CHOICES
from peerhood.themes.models import Ballot, Choice, Theme

KEPT = 3
OPEN_MINUTES = 15


def plant_ballots(planted: Planted) -> str:
    ballots: list[Ballot] = []
    choices: list[Choice] = []
    for spec in circle_specs():
        draw = planted.draw(f"ballots/{spec['slug']}")
        for ballot, winner in _ballots(spec, planted, draw):
            ballots.append(ballot)
            choices += _choices(ballot, winner, spec, planted, draw)
    plant(ballots)
    plant(choices)
    return f"{len(ballots)} ballots, {len(choices)} choices"


def _ballots(spec: dict[str, Any], planted: Planted, draw: Random) -> Iterator[tuple[Ballot, Theme]]:
    schedule = read("themes")["schedule"][spec["slug"]]
    gatherings = [*planted.past[spec["slug"]], planted.coming[spec["slug"]]][-KEPT - 1 :]
    winners = [*schedule["held"], schedule["next"]][-KEPT:]
    for gathering, following, key in zip(gatherings, gatherings[1:], winners, strict=False):
        winner = planted.themes[spec["slug"]][key]
        ballot = Ballot(
            gathering=gathering,
            opened_at=gathering.ends_at - timedelta(minutes=OPEN_MINUTES),
            closed_at=gathering.ends_at - timedelta(minutes=4),
            opened_by=planted.people[spec["organisers"][0]],
            voter_count=len(planted.present(gathering)) - draw.randint(0, 2),
            winner=winner,
            decided=Ballot.Decided.VOTES,
            next_gathering=following,
        )
        yield ballot, winner


def _choices(
    ballot: Ballot, winner: Theme, spec: dict[str, Any], planted: Planted, draw: Random
) -> list[Choice]:
    waited = _waiting_since(ballot, spec, planted)
    rivals = [theme for theme in waited if theme != winner]
    draw.shuffle(rivals)
    themes = [winner, *rivals][:MOST_CHOICES]
    most = round(ballot.voter_count * draw.uniform(0.55, 0.75))
    votes = {theme: draw.randint(1, most - 1) for theme in themes} | {winner: most}
    younger = [theme for theme in themes if waited[theme] > waited[winner]]
    if ballot.gathering == planted.past[spec["slug"]][-2] and younger:
        votes[younger[0]] = most
        ballot.decided = Ballot.Decided.LONGEST_WAIT
    draw.shuffle(themes)
    return [
        Choice(
            ballot=ballot,
            theme=theme,
            position=position,
            vote_count=votes[theme],
            waiting_since=waited[theme],
        )
        for position, theme in enumerate(themes, start=1)
    ]


def _waiting_since(ballot: Ballot, spec: dict[str, Any], planted: Planted) -> dict[Theme, datetime]:
    """The backlog of that day: what had been proposed and was not yet adopted, and since when it had waited."""
    schedule = read("themes")["schedule"][spec["slug"]]
    adopted = dict(_last_adopted(schedule, spec, planted))
    zone = ZoneInfo(spec["time_zone"])
    backlog = {}
    for key, theme in planted.themes[spec["slug"]].items():
        gathering = adopted.get(key)
        is_waiting = (
            gathering is None
            or key in schedule["returned"]
            or gathering.starts_at > ballot.gathering.starts_at
        )
        if theme.proposed_at > ballot.opened_at or not is_waiting:
            continue
        held = [g for k, g in zip(schedule["held"], planted.past[spec["slug"]], strict=True) if k == key]
        before = [g for g in held if g.starts_at < ballot.gathering.starts_at]
        backlog[theme] = (
            datetime.combine(before[-1].starts_at.astimezone(zone).date(), time.min, tzinfo=zone)
            if before
            else theme.proposed_at
        )
    return backlog


def _last_adopted(
    schedule: dict[str, Any], spec: dict[str, Any], planted: Planted
) -> Iterator[tuple[str, Gathering]]:
    """The gathering each theme was last adopted for."""
    yield from zip(schedule["held"], planted.past[spec["slug"]], strict=True)
    yield schedule["next"], planted.coming[spec["slug"]]
