"""People: who they are, where they work, when they came, and their addresses.

Everybody is at home in the circle they joined first and works for an employer of its
region. The cast is told in cast.toml; everybody else is drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.text import slugify

from peerhood import packs
from peerhood.demo.network.careers import career
from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.names import InventedNames
from peerhood.demo.network.offices import Office, desks, plant_offices
from peerhood.demo.network.planted import SEED, Planted
from peerhood.demo.network.rows import plant
from peerhood.people.models import Person
from peerhood.people.seeing import traits
from peerhood.people.seeing.visibility import Level

WORK_ADDRESS_SHARE = 0.35
FOUND_SHARE = 0.6


@dataclass(frozen=True)
class Arrival:
    """A person about to be planted, and the job they hold."""

    person: Person
    office: Office | None = None
    title: str = ""


def plant_people(planted: Planted) -> str:
    draw = planted.draw("people")
    offices = plant_offices()
    cast = read("cast")["person"]
    names = {language: InventedNames(language, seed=SEED) for language in ("sv", "en")}
    for told in cast:
        names[_language(told)].taken.add(told["name"].split()[-1])
    arrivals = [_outsider(told, offices, planted.at) for told in cast if "home" not in told]
    for spec in circle_specs():
        at_home = list(_at_home(spec, offices, names[spec["language"]], draw, planted.at))
        planted.at_home_in[spec["slug"]] = [arrival.person for arrival in at_home]
        arrivals += at_home
    _tell_more(arrivals, planted.draw("profiles"))
    plant(arrival.person for arrival in arrivals)
    pack = packs.current()
    plant(trait for arrival in arrivals for trait in traits.traits_of(arrival.person, pack))
    planted.people = {str(arrival.person.email): arrival.person for arrival in arrivals}
    _plant_addresses(arrivals, draw)
    employed = [(arrival.person, arrival.office, arrival.title) for arrival in arrivals if arrival.office]
    planted.employer_of = {person.pk: office.employer for person, office, _title in employed}
    jobs = plant(
        job
        for person, office, title in employed
        for job in career(person, office, title, offices.values(), draw, planted.at.date())
    )
    return f"{len(arrivals)} people, {len(offices)} employers, {len(jobs)} jobs"


def _at_home(
    spec: dict[str, Any], offices: dict[str, Office], names: InventedNames, draw: Random, at: datetime
) -> Iterator[Arrival]:
    """The cast of a circle first, then invented people until it is complete; newcomers last."""
    cast = [told for told in read("cast")["person"] if told.get("home") == spec["slug"]]
    for told in cast:
        arrival = _told(told, offices)
        _arrive(arrival.person, spec, draw, at, is_newcomer=told.get("is_newcomer", False))
        yield arrival
    # All of the cast, also those who belong nowhere: an office of one has one person.
    taken = [told["employer"] for told in read("cast")["person"] if "employer" in told]
    newcomers_left = spec["newcomers_count"] - sum(told.get("is_newcomer", False) for told in cast)
    count = spec["members_count"] - spec.get("shared_count", 0) - len(cast)
    regional = [office for office in offices.values() if office.region == spec["employers"]]
    for number, office in enumerate(desks(regional, taken, count, draw), start=1):
        arrival = _invented(names.another(), office, spec, draw, is_first=office.employer.name not in taken)
        taken.append(office.employer.name)
        _arrive(arrival.person, spec, draw, at, is_newcomer=number > count - newcomers_left)
        yield arrival


def _arrive(person: Person, spec: dict[str, Any], draw: Random, at: datetime, *, is_newcomer: bool) -> None:
    """With the founders, some time since, or after the last gathering."""
    founded = spec["founded_days_ago"]
    if is_newcomer:
        days = draw.uniform(3, 20)
    elif draw.random() < spec["founders_share"]:
        days = draw.uniform(founded - 75, founded)
    else:
        days = draw.uniform(60, founded - 75)
    person.joined_at = at - timedelta(days=days)
    person.welcomed_at = person.joined_at + timedelta(minutes=4)


def _invented(name: str, office: Office, spec: dict[str, Any], draw: Random, *, is_first: bool) -> Arrival:
    jobs = read("jobs")
    words = jobs[spec["language"]]
    if spec["employers"] == "forum":
        title, role = draw.choice(jobs["forum"]["titles"])
    elif is_first:
        title, role = words["lead"][office.scope]
    else:
        title, role = draw.choice(words["staff"]["titles"])
    email = f"{slugify(name).replace('-', '.')}@example.org"
    return Arrival(_person(email, name, office, role, draw.choice(words["ask"]["lines"])), office, title)


def _told(told: dict[str, Any], offices: dict[str, Office]) -> Arrival:
    office = offices[told["employer"]]
    person = _person(told["email"], told["name"], office, told["role"], told["ask_me_about"])
    return Arrival(person, office, told["title"])


def _outsider(told: dict[str, Any], offices: dict[str, Office], at: datetime) -> Arrival:
    """Somebody who belongs nowhere; one of them has not told us anything yet."""
    if told.get("is_unknown"):
        arrival = Arrival(
            Person(email=told["email"], name=told["name"], language=_language(told), joined_at=at)
        )
        arrival.person.set_unusable_password()
        return arrival
    arrival = _told(told, offices)
    arrival.person.joined_at, arrival.person.welcomed_at = at - timedelta(days=5), at - timedelta(days=5)
    return arrival


def _language(told: dict[str, Any]) -> str:
    return told.get("language", "sv")


def _person(email: str, name: str, office: Office, role: str, ask_me_about: str) -> Person:
    words = read("jobs")[office.language]
    person = Person(
        email=email,
        name=name,
        language=office.language,
        time_zone="Europe/Stockholm" if office.language == "sv" else "Europe/London",
        work=words["line"].format(
            scope=words["scope"][office.scope],
            people=words["people"][office.team_size],
            delivery=words["delivery"][office.delivery],
        ),
        ask_me_about=ask_me_about,
        town=office.employer.town,
        profile={
            "scope": office.scope,
            "control": office.control,
            "team_size": office.team_size,
            "sector": office.employer.sector,
            "delivery": office.delivery,
            "role": role,
        },
    )
    person.set_unusable_password()
    return person


def _tell_more(arrivals: list[Arrival], draw: Random) -> None:
    """Years and tools of everybody who has a job; most of them are glad to be found by all members."""
    fields = packs.current().fields
    for person in (arrival.person for arrival in arrivals if arrival.office):
        person.languages = ["en"] if person.language == "en" else draw.choice([["sv"], ["sv", "en"]])
        person.profile["years"] = draw.choice(list(fields["years"].answers))
        person.profile["tools"] = sorted(draw.sample(list(fields["tools"].answers), k=draw.randint(1, 4)))
        if draw.random() < FOUND_SHARE:
            open_fields = ["name", "work", "town", "ask_me_about", *(f"profile.{key}" for key in fields)]
            person.visibility = dict.fromkeys(open_fields, Level.MEMBERS)


def _plant_addresses(arrivals: list[Arrival], draw: Random) -> None:
    """Everybody signs in with a personal address; some have one at work, too."""
    addresses = [
        EmailAddress(user=arrival.person, email=arrival.person.email, verified=True, primary=True)
        for arrival in arrivals
    ]
    for arrival in arrivals:
        if arrival.office and draw.random() < WORK_ADDRESS_SHARE:
            local = str(arrival.person.email).split("@")[0]
            at_work = f"{local}@{slugify(arrival.office.employer.name)}.example"
            addresses.append(EmailAddress(user=arrival.person, email=at_work, verified=True, primary=False))
    plant(addresses)
