"""Run inside a measured environment: sign in, and make invitations, with addresses that are known and that are not.

``python -m bench.make_alike 500`` asks so often with each, in turns and each time as somebody else from
somewhere else, and prints the median milliseconds of both as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")

import django

django.setup()

from django.test import Client
from django.utils.timezone import now

from peerhood.circles.models import Circle, Membership
from peerhood.people.models import Person

WARMING = 10


def main() -> None:
    print(json.dumps(medians(int(sys.argv[1]))))


def medians(times: int) -> dict[str, dict[str, float]]:
    """Milliseconds for each door: ``known`` and ``unknown``."""
    organiser, circle = _world(times + WARMING)
    signed_in = Client(HTTP_HOST="127.0.0.1")
    signed_in.force_login(organiser)

    def sign_in(address: str, number: int) -> int:
        somebody = Client(
            HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        )
        return somebody.post("/sign-in/", {"address": address}).status_code

    def invite(address: str, _number: int) -> int:
        said = {"address": address, "most_uses": "1", "days": "14"}
        return signed_in.post(f"/circles/{circle.slug}/links/", said).status_code

    return {"sign_in": _taken(sign_in, times), "invite": _taken(invite, times)}


def _world(known_count: int) -> tuple[Person, Circle]:
    for number in range(known_count):
        Person.objects.create_user(f"known{number}@example.org", name="Known Person", welcomed_at=now())
    organiser = Person.objects.create_user("organiser@example.org", name="Olga Organiser", welcomed_at=now())
    circle = Circle.objects.create(
        name="Makers", slug="makers", purpose="To meet.", language="en", time_zone="UTC"
    )
    circle.memberships.create(person=organiser, role=Membership.Role.ORGANISER, is_contact=True)
    return organiser, circle


def _taken(ask: Callable[[str, int], int], times: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(times + WARMING):
        # In turns, and each first every second time: what the machine does meanwhile happens to both.
        for place, which in enumerate(sorted(taken, reverse=bool(number % 2))):
            begun = time.perf_counter()
            status = ask(f"{which}{number}@example.org", 2 * number + place)
            taken[which].append((time.perf_counter() - begun) * 1000)
            assert status < 400, (which, status)
    return {which: round(median(each[WARMING:]), 2) for which, each in taken.items()}


if __name__ == "__main__":
    main()
