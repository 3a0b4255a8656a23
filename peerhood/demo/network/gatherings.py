"""Gatherings: two years of past ones, the next one of each circle, and their run of the day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from peerhood.demo.network import dates
from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.demo.network.themes import texts_of
from peerhood.gatherings import agenda, series_templates
from peerhood.gatherings.models import AgendaItem, Gathering, HostMessage
from peerhood.gatherings.series import cadence

PUBLISHED_DAYS_BEFORE = 35


def plant_gatherings(planted: Planted) -> str:
    for spec in circle_specs():
        *past, coming = plant(_gatherings(spec, planted))
        planted.past[spec["slug"]], planted.coming[spec["slug"]] = past, coming
    everything = [(spec, gathering) for spec in circle_specs() for gathering in _all_of(spec, planted)]
    items = plant(item for spec, gathering in everything for item in _agenda(spec, gathering, planted))
    plant(
        Gathering.hosts.through(gathering=gathering, person=planted.people[address])
        for spec, gathering in everything
        for address in spec["organisers"]
    )
    # Whoever announced one invited their circle to it, so that the demo's time lines ask for what comes next.
    announced = [gathering for _spec, gathering in everything if gathering.published_at]
    plant(
        HostMessage(gathering=gathering, step=HostMessage.Step.INVITE, sent_at=gathering.published_at)
        for gathering in announced
    )
    return f"{len(everything)} gatherings, {len(items)} lines of agenda"


def _all_of(spec: dict[str, Any], planted: Planted) -> list[Gathering]:
    return [*planted.past[spec["slug"]], planted.coming[spec["slug"]]]


def _gatherings(spec: dict[str, Any], planted: Planted) -> Iterator[Gathering]:
    schedule = read("themes")["schedule"][spec["slug"]]
    themes = texts_of(spec)
    *past, coming = dates.meeting_days(spec["series"], planted.at, spec["time_zone"])
    told = read("next_gatherings")
    said, why = told["past_words"][spec["language"]], told["past_purpose"][spec["language"]]
    for day, key in zip(past, schedule["held"], strict=True):
        title, question = themes[key]
        gathering = _gathering(spec, planted, day, title)
        gathering.state = Gathering.State.HELD
        gathering.purpose = why
        gathering.words = said.format(question=question)
        gathering.capacity = spec["series"]["past_capacity"]
        gathering.published_at = gathering.starts_at - timedelta(days=PUBLISHED_DAYS_BEFORE)
        gathering.created_at = gathering.changed_at = gathering.published_at - timedelta(days=3)
        yield gathering
    yield _next(spec, planted, coming, themes[schedule["next"]][0])


def _next(spec: dict[str, Any], planted: Planted, day: date, title: str) -> Gathering:
    told = read("next_gatherings")[spec["slug"]]
    gathering = _gathering(spec, planted, day, title)
    gathering.state = told["state"]
    gathering.purpose = told["purpose"]
    gathering.words, gathering.directions = told["words"].strip(), told["directions"].strip()
    gathering.capacity = told["capacity"]
    if not gathering.is_draft():
        gathering.published_at = planted.at - timedelta(days=told["published_days_ago"])
        gathering.created_at = gathering.changed_at = gathering.published_at - timedelta(days=2)
    return gathering


def _gathering(spec: dict[str, Any], planted: Planted, day: date, title: str) -> Gathering:
    series = planted.series[spec["slug"]]
    starts_at = cadence.at(day, series.starts_at_time, ZoneInfo(spec["time_zone"]))
    gathering = Gathering(
        circle=series.circle,
        series=series,
        title=title,
        ends_at=agenda.end_of(starts_at, _lines(spec)),
        time_zone=spec["time_zone"],
        place_name=series.place_name,
        address=series.address,
    )
    gathering.begin_at(starts_at)
    return gathering


def _lines(spec: dict[str, Any]) -> list[agenda.Line]:
    """The series template's run of the day; a circle may give a line more minutes."""
    minutes = spec["series"].get("minutes", {})
    return [
        agenda.Line(
            line.kind,
            series_templates.said(line.titles, spec["language"]),
            minutes.get(line.kind, line.minutes),
            confidentiality=line.confidentiality,
        )
        for line in series_templates.get(spec["series"]["template"]).lines
    ]


def _agenda(spec: dict[str, Any], gathering: Gathering, planted: Planted) -> Iterator[AgendaItem]:
    told = read("next_gatherings")[spec["slug"]] if gathering is planted.coming[spec["slug"]] else {}
    for position, line in enumerate(_lines(spec), start=1):
        is_story = line.kind == AgendaItem.Kind.MEMBER_STORY
        yield AgendaItem(
            gathering=gathering,
            position=position,
            kind=line.kind,
            title=told.get("titles", {}).get(line.kind, line.title),
            length_minutes=line.length_minutes,
            speaker=told.get("speaker", "") if is_story else "",
            confidentiality=line.confidentiality,
        )
