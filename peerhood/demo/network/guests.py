"""Guests: who answered, who waits, and who came.

A regular comes nearly always, somebody else now and then. What is counted on the
gathering's row is what the rows below it say.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from random import Random
from typing import Any

from peerhood.circles.models import Circle, Membership
from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.people.models import Person

CAME_SHARE = 0.92
GREETING = (Membership.Role.ORGANISER, Membership.Role.GREETER)


def plant_guests(planted: Planted) -> str:
    rsvps: list[Rsvp] = []
    for spec in circle_specs():
        rsvps += _past(spec, planted)
        rsvps += _coming(spec, planted)
    for rsvp in rsvps:
        rsvp.guest_of = _home_of(rsvp, planted)
    plant(rsvps)
    # One statement each: bulk_update's CASE takes longer than sixty small ones.
    for gathering in {rsvp.gathering_id: rsvp.gathering for rsvp in rsvps}.values():
        answers = [rsvp.status for rsvp in planted.guests[gathering.pk]]
        gathering.going_count = gathering.room_taken = answers.count(Rsvp.Status.GOING)
        gathering.waiting_count = answers.count(Rsvp.Status.WAITLISTED)
        gathering.save(update_fields=["going_count", "room_taken", "waiting_count"])
    return f"{len(rsvps)} answers, {sum(rsvp.checked_in_at is not None for rsvp in rsvps)} of them came"


def _home_of(rsvp: Rsvp, planted: Planted) -> Circle | None:
    """The sister chapter a guest belongs to; None for whoever is at home here."""
    here = rsvp.gathering.circle
    if here.parent_id is None or _belongs(rsvp.person, here, planted):
        return None
    sisters = [circle for circle in planted.circles.values() if circle.parent_id == here.parent_id]
    return next((circle for circle in sisters if _belongs(rsvp.person, circle, planted)), None)


def _belongs(person: Person, circle: Circle, planted: Planted) -> bool:
    return any(membership.person_id == person.pk for membership in planted.members[circle.slug])


def _visitors(spec: dict[str, Any], gathering: Gathering, planted: Planted, draw: Random) -> list[Person]:
    """One or two from the chapter next door, where there is one, who do not belong here as well."""
    here = planted.circles[spec["slug"]]
    next_door = [
        membership.person
        for membership in planted.members.get(spec.get("visited_by", ""), [])
        if membership.is_inside()
        and membership.joined_on < gathering.starts_at.date()
        and not _belongs(membership.person, here, planted)
    ]
    return draw.sample(next_door, min(len(next_door), draw.randint(1, 2)))


def _past(spec: dict[str, Any], planted: Planted) -> list[Rsvp]:
    draw, visiting = planted.draw(f"guests/{spec['slug']}"), planted.draw(f"visits/{spec['slug']}")
    members = planted.members[spec["slug"]]
    # How gladly somebody comes; whoever greets is always there.
    zeal = {m.person_id: 50.0 if m.role in GREETING else draw.choice((0.5, 1.0, 2.0, 4.0)) for m in members}
    fewest, most = spec["series"]["past_going"]
    rsvps = []
    past = planted.past[spec["slug"]]
    for number, gathering in enumerate(past):
        # Those who have left came in the first year, then no more.
        here = [m for m in members if m.is_inside() or number < len(past) // 2]
        able = [m.person for m in here if m.joined_on < gathering.starts_at.date()]
        able.sort(key=lambda person: draw.random() ** (1 / zeal[person.pk]), reverse=True)
        count = min(len(able), draw.randint(fewest, most))
        visitors = _visitors(spec, gathering, planted, visiting)
        able[count - len(visitors) : count] = visitors
        answers = _answers(
            gathering, able, [Rsvp.Status.GOING] * count + [Rsvp.Status.DECLINED] * 3, draw, planted.at
        )
        greeter = next(rsvp.person for rsvp in answers if zeal.get(rsvp.person_id) == 50.0)
        for rsvp in answers:
            _arrive(rsvp, greeter, draw, is_sure=zeal.get(rsvp.person_id) == 50.0)
        planted.guests[gathering.pk] = answers
        rsvps += answers
    return rsvps


def _arrive(rsvp: Rsvp, greeter: Person, draw: Random, *, is_sure: bool) -> None:
    if rsvp.is_going() and (is_sure or draw.random() < CAME_SHARE):
        rsvp.checked_in_at = rsvp.gathering.starts_at + timedelta(minutes=draw.randint(-15, 12))
        rsvp.checked_in_by = greeter


def _coming(spec: dict[str, Any], planted: Planted) -> list[Rsvp]:
    told = read("next_gatherings")[spec["slug"]]
    gathering = planted.coming[spec["slug"]]
    if gathering.is_draft():
        return []
    draw = planted.draw(f"coming/{spec['slug']}")
    named = [planted.people[address] for address in told["guests"]]
    active = [m.person for m in planted.members[spec["slug"]] if m.state == Membership.State.ACTIVE]
    others = [person for person in active if person not in named]
    draw.shuffle(others)
    others = _in_fair_order(spec, planted, told, named, others)
    statuses = (
        [Rsvp.Status.GOING] * told["going"]
        + [Rsvp.Status.WAITLISTED] * told.get("waiting", 0)
        + [Rsvp.Status.DECLINED] * told["declined"]
    )
    rsvps = _answers(gathering, [*named, *others], statuses, draw, planted.at)
    last = [rsvp for rsvp in rsvps if rsvp.is_going()][-2 * told.get("companions", 0) :]
    for rsvp, other in zip(last[::2], last[1::2], strict=True) if "companions" in told else ():
        rsvp.companion = other.person
    planted.guests[gathering.pk] = rsvps
    return rsvps


def _in_fair_order(
    spec: dict[str, Any], planted: Planted, told: dict[str, Any], named: list[Person], others: list[Person]
) -> list[Person]:
    """Put first whom the gathering needs to have as many first-timers or employers as was told."""
    been = {person.pk for gathering in planted.past[spec["slug"]] for person in planted.present(gathering)}
    if "first_timers" in told:
        new = [person for person in others if person.pk not in been]
        wanted = told["first_timers"] - sum(person.pk not in been for person in named)
        regulars = [person for person in others if person.pk in been]
        return [*new[:wanted], *regulars, *new[wanted:]]
    if "organisations" in told:
        return _from_employers(planted, told, named, others)
    return others


def _from_employers(
    planted: Planted, told: dict[str, Any], named: list[Person], others: list[Person]
) -> list[Person]:
    employers = {planted.employer_of[person.pk] for person in named}
    fresh: list[Person] = []
    for person in others:
        if planted.employer_of[person.pk] not in employers and len(employers) < told["organisations"]:
            employers.add(planted.employer_of[person.pk])
            fresh.append(person)
    rest = [person for person in others if person not in fresh]
    known = [person for person in rest if planted.employer_of[person.pk] in employers]
    return [*fresh, *known, *(person for person in rest if person not in known)]


def _answers(
    gathering: Gathering, people: Sequence[Person], statuses: Sequence[str], draw: Random, at: datetime
) -> list[Rsvp]:
    """One answer each, after the gathering was published and the person had come; the first ones get the seats."""
    opened = gathering.published_at or at
    seconds = (min(at, gathering.starts_at) - timedelta(hours=2) - opened).total_seconds()
    moments = sorted(draw.uniform(0.01, 1) ** 2 * seconds for _ in range(min(len(people), len(statuses))))
    given = [
        (max(opened + timedelta(seconds=round(moment)), person.joined_at), person)
        for person, moment in zip(people, moments, strict=False)
    ]
    held = sum(status != Rsvp.Status.DECLINED for status in statuses)
    in_order = sorted(given[:held], key=itemgetter(0)) + given[held:]
    return [
        Rsvp(gathering=gathering, person=person, status=status, answered_at=answered_at)
        for (answered_at, person), status in zip(in_order, statuses, strict=False)
    ]
