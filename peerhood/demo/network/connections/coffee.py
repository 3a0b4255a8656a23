"""Coffee: an invitation to answer, one that was had, two rounds of a chapter, and a few words of thanks."""

from datetime import datetime, timedelta

from peerhood.circles.models import Circle
from peerhood.connections.models import (
    Coffee,
    CoffeeCadence,
    CoffeeRound,
    CoffeeSeat,
    Connection,
    ThankYou,
)
from peerhood.demo.cast import CAST
from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant

CHAPTER = "mellan-norrkoping"
HELD_WITH = 9


def plant_coffee(planted: Planted) -> str:
    cast = [planted.people[email] for email, _sentence in CAST]
    coffees, thanks = [], []
    for person in cast:
        others = [pair.the_other(person) for pair in Connection.objects.of(person).order_by("pk")[:2]]
        for number, other in enumerate(others):
            words = read("coffee")[other.language]
            at = planted.at.replace(minute=0, second=0, microsecond=0) + timedelta(
                days=6 if number == 0 else -5
            )
            coffees.append(_coffee(other, person, at, words, is_open=number == 0))
            if number == 0:
                thanks.append(_thanks(other, person, planted.at, words["thanks"]))
    # Two of the cast may know each other: one invitation for a pair.
    by_pair = {frozenset((one.asker_id, one.asked_id)): one for one in coffees}
    plant(by_pair.values())
    plant(thanks)
    seats = _rounds(planted.circles[CHAPTER], planted)
    return f"{len(by_pair)} coffees, {seats} seats in coffee rounds, {len(thanks)} thanks"


def _coffee(asker, asked, at: datetime, words: dict[str, str], *, is_open: bool) -> Coffee:
    return Coffee(
        asker=asker,
        asked=asked,
        first_at=at,
        second_at=at + timedelta(days=1),
        last_at=at + timedelta(days=1),
        time_zone=asker.time_zone,
        place=words["place"],
        words=words["words"],
        made_at=at - timedelta(days=7),
        state=Coffee.State.OPEN if is_open else Coffee.State.AGREED,
        chosen_at=None if is_open else at,
        answered_at=None if is_open else at - timedelta(days=6),
    )


def _thanks(sender, receiver, at: datetime, text: str) -> ThankYou:
    return ThankYou(sender=sender, receiver=receiver, text=text, sent_at=at - timedelta(days=3))


def _rounds(circle: Circle, planted: Planted) -> int:
    """One that was held, with a trio; the next, which members are asked about now."""
    day = planted.at.date()
    cadence = CoffeeCadence(circle=circle, every_days=14, next_on=day + timedelta(days=16))
    plant([cadence])
    held_at, next_at = (cadence.at(day + timedelta(days=days)) for days in (-12, 2))
    held, _is_open = plant(
        [
            CoffeeRound(
                circle=circle, pairs_at=held_at, ends_at=next_at - timedelta(days=1), paired_at=held_at
            ),
            CoffeeRound(circle=circle, pairs_at=next_at, ends_at=next_at + timedelta(days=13)),
        ]
    )
    members = sorted(planted.inside(circle.slug), key=lambda person: person.pk)[:HELD_WITH]
    pairs = len(members) // 2
    seats = [
        CoffeeSeat(round=held, person=person, pair=min(number // 2, pairs - 1) + 1, met=True)
        for number, person in enumerate(members)
    ]
    return len(plant(seats))
