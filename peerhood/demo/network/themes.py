"""Themes: what each circle has talked about, what comes next and what waits, with who would come for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import Gathering
from peerhood.themes.models import COOL_DOWN, Adoption, Support, Theme

State = Theme.State


def texts_of(spec: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Title and question of each theme a circle may have, by key."""
    return read("themes")["forum" if spec["employers"] == "forum" else spec["language"]]


def plant_themes(planted: Planted) -> str:
    adoptions, supports = 0, 0
    for spec in circle_specs():
        draw = planted.draw(f"themes/{spec['slug']}")
        drafted = dict(_themes(spec, planted, draw))
        wanted = {key: _supports(theme, spec, planted, draw) for key, theme in drafted.items()}
        for key, theme in drafted.items():
            theme.support_count = len(wanted[key])
        plant(drafted.values())
        planted.themes[spec["slug"]] = drafted
        supports += len(plant(support for of_theme in wanted.values() for support in of_theme))
        adoptions += len(plant(_adoptions(spec, planted)))
    count = sum(len(themes) for themes in planted.themes.values())
    return f"{count} themes, {supports} supports, {adoptions} adopted"


def _themes(spec: dict[str, Any], planted: Planted, draw: Random) -> Iterator[tuple[str, Theme]]:
    schedule = read("themes")["schedule"][spec["slug"]]
    past = planted.past[spec["slug"]]
    held: dict[str, list[Gathering]] = {}
    for key, gathering in zip(schedule["held"], past, strict=True):
        held.setdefault(key, []).append(gathering)
    for key, (title, question) in texts_of(spec).items():
        times = held.get(key, [])
        if not times and key != schedule["next"] and key not in schedule["backlog"]:
            continue
        theme = Theme(circle=planted.circles[spec["slug"]], title=title, question=question)
        if key == schedule["next"]:
            theme.state = State.SCHEDULED
            theme.proposed_at = past[-1].starts_at - timedelta(days=draw.uniform(60, 300))
        elif key in schedule["returned"]:
            # Talked about, rested for a year, and asked for again.
            again = times[-1].starts_at + COOL_DOWN + timedelta(days=2)
            theme.proposed_at = again + (planted.at - again) * draw.uniform(0.05, 0.6)
        elif times:
            theme.state = State.HELD
            theme.proposed_at = _proposed_before(times, draw)
        else:
            theme.proposed_at = planted.at - timedelta(days=draw.uniform(12, 420))
        if times:
            theme.last_held_on = times[-1].starts_at.astimezone(ZoneInfo(spec["time_zone"])).date()
        theme.proposed_by = draw.choice(_belonging_at(theme.proposed_at, spec, planted))
        yield key, theme


def _proposed_before(times: list[Gathering], draw: Random) -> datetime:
    """Some months before it was held; when held twice, after the cool-down and before the ballot."""
    if len(times) > 1:
        return times[-2].starts_at + COOL_DOWN + timedelta(days=2)
    return times[-1].starts_at - timedelta(days=draw.uniform(95, 260))


def _belonging_at(moment: datetime, spec: dict[str, Any], planted: Planted) -> list[Any]:
    """Who could have proposed it: members at that time, and the organisers, who were there before anybody."""
    here = set(planted.inside(spec["slug"]))
    organisers = [planted.people[address] for address in spec["organisers"]]
    joined = [
        m.person for m in planted.members[spec["slug"]] if m.joined_on < moment.date() and m.person in here
    ]
    return joined or organisers


def _supports(theme: Theme, spec: dict[str, Any], planted: Planted, draw: Random) -> list[Support]:
    """Its proposer first, then whoever would come for it."""
    others = [person for person in planted.inside(spec["slug"]) if person != theme.proposed_by]
    count = min(len(others), round(len(others) * draw.uniform(0, 0.3)))
    first = Support(theme=theme, person=theme.proposed_by, at=theme.proposed_at)
    return [
        first,
        *(
            Support(
                theme=theme, person=person, at=_since(max(theme.proposed_at, person.joined_at), planted, draw)
            )
            for person in draw.sample(others, count)
        ),
    ]


def _since(moment: datetime, planted: Planted, draw: Random) -> datetime:
    return moment + (planted.at - moment) * draw.random()


def _adoptions(spec: dict[str, Any], planted: Planted) -> Iterator[Adoption]:
    """Each theme was adopted at the close of the gathering before."""
    schedule = read("themes")["schedule"][spec["slug"]]
    gatherings = [*planted.past[spec["slug"]], planted.coming[spec["slug"]]]
    closes = [
        gatherings[0].starts_at - timedelta(days=40),
        *(gathering.ends_at for gathering in gatherings[:-1]),
    ]
    for key, gathering, adopted_at in zip(
        [*schedule["held"], schedule["next"]], gatherings, closes, strict=True
    ):
        yield Adoption(
            theme=planted.themes[spec["slug"]][key],
            gathering=gathering,
            adopted_by=planted.people[spec["organisers"][0]],
            adopted_at=adopted_at,
        )
