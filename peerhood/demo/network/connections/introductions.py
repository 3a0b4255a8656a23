"""Introductions: one that somebody of the cast is asked for, and one of their own that is on its way."""

from datetime import timedelta

from peerhood.connections.models import Connection, Introduction
from peerhood.demo.cast import CAST
from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant


def plant_introductions(planted: Planted) -> str:
    asked_at = planted.at - timedelta(days=2)
    wishes = []
    for email, _sentence in CAST:
        person = planted.people[email]
        others = [pair.the_other(person) for pair in Connection.objects.of(person).order_by("pk")[:2]]
        # The first asks them; they ask the second.
        asked = [(first, person) for first in others[:1]] + [(person, second) for second in others[1:]]
        for asker, go_between in asked:
            words = read("introductions")[asker.language]
            wish = Introduction(
                asker=asker,
                go_between=go_between,
                **words,
                made_at=asked_at,
                ends_at=asked_at + Introduction.OPEN_FOR,
            )
            wishes.append(wish)
    return f"{len(plant(wishes))} wishes to be introduced"
