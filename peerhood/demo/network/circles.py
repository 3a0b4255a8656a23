"""Circles, their series, who belongs in which role, and which employers compete."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from peerhood.circles.models import Circle, Competition, Membership
from peerhood.demo.network import dates
from peerhood.demo.network.belonging import plant_belonging
from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import Series
from peerhood.people.models import Person

TEXTS = ("slug", "name", "kind", "language", "time_zone", "purpose", "eligibility")
PAUSED_SHARE = 0.04
LEFT_SHARE = 0.04


def plant_circles(planted: Planted) -> str:
    specs = read("circles")["circle"]
    # Parents first: a chapter needs its parent's key.
    for wave in ([s for s in specs if "parent" not in s], [s for s in specs if "parent" in s]):
        planted.circles |= {circle.slug: circle for circle in plant(_circle(spec, planted) for spec in wave)}
    planted.series = {
        series.circle.slug: series for series in plant(_series(spec, planted) for spec in circle_specs())
    }
    memberships = plant(membership for spec in specs for membership in _memberships(spec, planted))
    for membership in memberships:
        if membership.state != Membership.State.APPLIED:
            planted.members.setdefault(membership.circle.slug, []).append(membership)
    plant(_competitions(planted))
    plant_belonging(specs, memberships, planted)
    return f"{len(specs)} circles, {len(memberships)} memberships"


def _circle(spec: dict[str, Any], planted: Planted) -> Circle:
    return Circle(
        parent=planted.circles.get(spec.get("parent", "")),
        town=spec.get("town", ""),
        leading_route=spec.get("leading_route", ""),
        curious_route=spec.get("curious_route", ""),
        questions=spec.get("questions", []),
        member_limit=spec.get("member_limit"),
        created_at=planted.at - timedelta(days=spec["founded_days_ago"] + 5),
        **{field: spec.get(field, "").strip() for field in TEXTS},
    )


def _series(spec: dict[str, Any], planted: Planted) -> Series:
    told = spec["series"]
    weekday, week = dates.rule(told, planted.at, spec["time_zone"])
    return Series(
        circle=planted.circles[spec["slug"]],
        weekday=weekday,
        week_of_month=week,
        **{
            field: told[field]
            for field in (
                "name",
                "template",
                "cadence",
                "starts_at_time",
                "capacity",
                "place_name",
                "address",
            )
        },
    )


def _memberships(spec: dict[str, Any], planted: Planted) -> Iterator[Membership]:
    slug = spec["slug"]
    draw = planted.draw(f"memberships/{slug}")
    roles = dict.fromkeys(spec["organisers"], Membership.Role.ORGANISER)
    roles |= dict.fromkeys(spec.get("greeters", []), Membership.Role.GREETER)
    cast = {told["email"] for told in read("cast")["person"]}
    founded = (planted.at - timedelta(days=spec["founded_days_ago"])).date()
    for person in _belonging(spec, planted):
        is_told = person.email in cast
        yield Membership(
            circle=planted.circles[slug],
            person=person,
            role=roles.get(person.email, Membership.Role.MEMBER),
            state=Membership.State.ACTIVE if is_told or slug == "lantern-breakfast" else _state(draw),
            joined_on=_joined_on(person, spec, planted, founded, draw),
            is_contact=person.email in spec["organisers"],
            **_welcome(person, spec, planted),
            sits_with_competitors=spec.get("employers") == "forum" and draw.random() < 0.4,
        )
    for applicant in spec.get("applicants", []):
        yield Membership(
            circle=planted.circles[slug],
            person=planted.people[applicant["email"]],
            state=Membership.State.APPLIED,
            joined_on=(planted.at - timedelta(days=2)).date(),
        )


def _welcome(person: Person, spec: dict[str, Any], planted: Planted) -> dict[str, Any]:
    """Whoever has just come in waits for a few words from their greeter."""
    greeter = spec.get("welcomed_by", {}).get(str(person.email))
    if greeter is None:
        return {}
    return {"greeter": planted.people[greeter], "came_at": planted.at - timedelta(hours=5)}


def _belonging(spec: dict[str, Any], planted: Planted) -> list[Person]:
    """Those at home here, those told to belong here as well, and some from the circle next door."""
    also = [planted.people[address] for address in spec.get("also", [])]
    if "series" not in spec:
        return [planted.people[address] for address in spec["organisers"]]
    shared = spec.get("shared_count", 0) - len(also)
    cast = {told["email"] for told in read("cast")["person"]}
    next_door = planted.at_home_in.get(spec.get("shared_with", ""), [])
    # Members who have been there for long look around: the first of those drawn.
    visitors = [person for person in next_door if person.email not in cast][: max(0, shared)]
    return [*planted.at_home_in[spec["slug"]], *also, *visitors]


def _state(draw: Random) -> str:
    number = draw.random()
    if number < PAUSED_SHARE:
        return Membership.State.PAUSED
    if number < PAUSED_SHARE + LEFT_SHARE:
        return Membership.State.LEFT
    return Membership.State.ACTIVE


def _joined_on(person: Person, spec: dict[str, Any], planted: Planted, founded: date, draw: Random) -> date:
    """At home on the day they came to the network, elsewhere some time after."""
    arrived = person.joined_at.date()
    if "series" not in spec:
        return founded
    if person in planted.at_home_in[spec["slug"]]:
        return arrived
    inside = (planted.at.date() - arrived).days
    return arrived + timedelta(days=round(inside * draw.uniform(0.1, 0.6)))


def _competitions(planted: Planted) -> list[Competition]:
    """Each two neighbours in the forum's list compete."""
    employers = {employer.name: employer for employer in planted.employer_of.values()}
    names = [row[0] for row in read("employers")["forum"]]
    pairs = zip(names[::2], names[1::2], strict=True)
    competitions = []
    for pair in pairs:
        one, other = sorted((employers[name] for name in pair), key=lambda employer: employer.pk)
        competitions.append(Competition(circle=planted.circles["lantern-breakfast"], one=one, other=other))
    return competitions
