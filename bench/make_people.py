"""Run inside a measured environment: a network of so many invented people, and what it takes to find some of them.

``python -m bench.make_people 100000`` fills the database, asks, and prints milliseconds as JSON: the search
itself, the directory page, and others like me, each by the same people with the same words at every size.
"""

import json
import os
import sys
import time
from itertools import islice, product
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")

import django

django.setup()

from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import now

from peerhood import packs
from peerhood.circles.models import Circle, Membership
from peerhood.people import searching
from peerhood.people.seeing import likeness, traits
from peerhood.people.models import Affiliation, Employer, Person, Trait
from peerhood.people.seeing.visibility import FIELDS, Level
from peerhood.search import indexing
from peerhood.search.finding import find

IN_A_CIRCLE = 30
FIRST = [
    "Anna", "Anders", "Åsa", "Astrid", "Bo", "Britta", "Carl", "Chidi", "Dagny", "Elin", "Emma", "Erik",
    "Fatima", "Gunnar", "Håkan", "Ida", "Jürgen", "Karin", "Lars", "Linnea", "Märta", "Nils", "Olof",
    "Öyvind", "Per", "Renée", "Sara", "Søren", "Tove", "Ulla", "Viktor", "Yasmin", "Zoë",
]  # fmt: skip
SURNAMES = [
    f"{a}{b}{c}".capitalize()
    for a, b, c in product(
        ["al", "ber", "dal", "ek", "fors", "gran", "hag", "lind", "nor", "ström", "väst", "öst", "ås", "sjö"],
        ["a", "e", "o", "en", "ar", "el", "in"],
        ["berg", "dahl", "feldt", "gren", "holm", "kvist", "lund", "man", "qvist", "stedt", "ström", "vall"],
    )
]
TOWNS = [
    "Stockholm", "Göteborg", "Malmö", "Uppsala", "Västerås", "Örebro", "Linköping", "Helsingborg",
    "Jönköping", "Norrköping", "Lund", "Umeå", "Gävle", "Borås", "Södertälje", "Eskilstuna", "Halmstad",
    "Växjö", "Karlstad", "Sundsvall", "Östersund", "Åmål", "Falun", "Ystad", "Visby", "Kiruna",
]  # fmt: skip
TOPICS = [
    "governance", "benefits", "portfolio", "risk", "assurance", "reporting", "resources", "maturity",
    "agile", "lessons", "prioritisation", "dashboards", "steering", "suppliers", "budget", "roadmap",
    "facilitation", "kanban", "forecasting", "dependencies",
]  # fmt: skip
WORK = [
    "alone in a project office",
    "head of a portfolio office",
    "analyst who draws the one page",
    "planner between two boards",
    "coordinator of everything",
    "consultant on loan",
    "steward of benefits",
]
FOUND = dict.fromkeys(FIELDS, Level.MEMBERS.value)
# As people type: from one letter on, with and without accents, a name, a town, a topic, and what nobody is called.
TYPED = [
    "a", "an", "ann", "anna", "anna b", "anna berg", "s", "st", "str", "ö", "öst", "ost", "lind",
    "lindaberg", "karin nor", "malmo", "malmö", "norrkoping", "norrk", "ostersund", "governance", "gov",
    "portfolio risk", "benefits malmo", "zoe", "soren", "renee", "head of", "pmo", "public sector",
    "planner", "x", "xyzzy", "anna xyzzy", "per per", "dashb", "suppliers kiruna", "elin forsenkvist",
    "hakan", "",
]  # fmt: skip
NARROWED: list[dict] = [
    {},
    {"beginning": [("town", "norrkoping")]},
    {"having": [("team_size", "one")]},
    {"having": [("team_size", "one"), ("sector", "public")], "beginning": [("town", "mal")]},
    {"beginning": [("topic", "gov")]},
]
PAGES = [
    "", "?q=an", "?q=anna+berg", "?town=Norrköping", "?profile_team_size=one&profile_sector=public",
    "?topic=risk", "?q=lind&page=2", "?page=3",
]  # fmt: skip


def main() -> None:
    size = int(sys.argv[1])
    chance = Random(size)
    begun = time.perf_counter()
    with transaction.atomic():
        people = populate(size, chance)
    _count_rows()
    made_seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    indexing.write_everything()
    indexed_seconds = time.perf_counter() - begun
    _count_rows()
    viewers = [people[0], people[size // 2], people[-2], people[-1]]
    figures = {
        "made_seconds": round(made_seconds, 1),
        "indexed_seconds": round(indexed_seconds, 1),
        "search": timed(
            [question(viewer, typed, how) for viewer in viewers for typed in TYPED for how in NARROWED]
        ),
        "directory": timed([page(client, path) for client in map(client_of, viewers) for path in PAGES] * 4),
        "others_like_me": timed([alike(person) for person in [*viewers, *chance.sample(people, 60)]]),
    }
    print(json.dumps(figures))


def _count_rows() -> None:
    """So that the database knows what it holds, and what is settled; on its own it does so within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def populate(size: int, chance: Random) -> list[Person]:
    """People in circles of thirty; one in three has opened the profile to all members, one in fifty to all.

    The last but one belongs to ten circles, the last to none.
    """
    pack = packs.current()
    keys = {key: list(field.answers) for key, field in pack.fields.items()}
    levels = [FOUND] * 16 + [dict.fromkeys(FOUND, Level.PUBLIC.value)] + [{}] * 33
    people = Person.objects.bulk_create(
        (
            Person(
                email=f"p{n}@example.org",
                name=f"{chance.choice(FIRST)} {chance.choice(SURNAMES)}",
                password="!",
                welcomed_at=now(),
                work=chance.choice(WORK),
                town=chance.choice(TOWNS[: 3 + n % 24]),
                ask_me_about=" and ".join(chance.sample(TOPICS, 2)),
                would_learn=chance.choice(TOPICS),
                profile={
                    key: chance.sample(answers, 1) if pack.fields[key].several else chance.choice(answers)
                    for key, answers in keys.items()
                },
                visibility={
                    **(level := chance.choice(levels)),
                    **({f"profile.{key}": level["name"] for key in keys} if level else {}),
                },
            )
            for n in range(size)
        ),
        batch_size=2000,
    )
    circles = Circle.objects.bulk_create(
        Circle(
            name=f"Circle of {chance.choice(TOWNS)} {n}",
            slug=f"circle-{n}",
            purpose="To meet.",
            language="en",
            time_zone="UTC",
        )
        for n in range(max(10, size // IN_A_CIRCLE))
    )
    homes = [(circles[n % len(circles)], person) for n, person in enumerate(people[:-2])]
    homes += [(circle, people[-2]) for circle in circles[:10]]
    Membership.objects.bulk_create(
        (Membership(circle=circle, person=person) for circle, person in homes), batch_size=5000
    )
    employers = Employer.objects.bulk_create(Employer(name=f"{name} kommun") for name in SURNAMES[:400])
    Affiliation.objects.bulk_create(
        (
            Affiliation(person=person, employer=chance.choice(employers), title="Head of PMO")
            for person in people
        ),
        batch_size=5000,
    )
    rows = (trait for person in people for trait in traits.traits_of(person, pack))
    while batch := list(islice(rows, 10_000)):
        Trait.objects.bulk_create(batch)
    return people


def question(viewer, typed, how):
    def ask():
        find(typed, searching.audiences_of(viewer), kind=searching.KIND, upto=25, **how)

    return ask


def client_of(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person)
    return client


def page(client, path):
    def ask():
        response = client.get(f"/people/{path}")
        assert response.status_code == 200, (path, response.status_code)

    return ask


def alike(person):
    return lambda: likeness.peers_of(person, packs.current(), "en")


def timed(asks: list) -> dict[str, float]:
    """Milliseconds: median, 95th percentile, worst; each once, in mixed order, after a few to warm up."""
    for ask in asks[:5]:
        ask()
    asks = Random(1).sample(asks, len(asks))
    taken, worked = [], []
    for ask in asks:
        begun, begun_work = time.perf_counter(), time.process_time()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - begun_work) * 1000)
    taken.sort()
    worked.sort()
    return {
        "p50_ms": round(taken[len(taken) // 2], 2),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
        "cpu_p95_ms": round(worked[int(len(worked) * 0.95)], 2),
        "worst_ms": round(taken[-1], 2),
        "count": len(taken),
    }


if __name__ == "__main__":
    main()
