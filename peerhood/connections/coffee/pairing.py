"""Pairing: when a round closes, the engine makes its pairs, once, and each hears who the other is.

The search runs before anything is held; what it found is written only if the round, its people and
their silences are still as they were. A worker that dies has written nothing, and of two workers one
finds the round paired. Whoever a silence would leave with nobody becomes the third of another pair;
where there is none, they read that nobody was found, as anybody does who said yes alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.connections.coffee import memory, openers
from peerhood.connections.coffee.rounds import keys_of
from peerhood.connections.models import CoffeeRound, CoffeeSeat
from peerhood.mixing.engine import coffee_round
from peerhood.mixing.framing import competitors_in
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person

Cup = tuple[int, ...]


@dataclass(frozen=True)
class Frame:
    """What the pairs depend on: who takes part, and who must not be together."""

    people: Sequence[int]
    apart: frozenset[frozenset[int]]


def pair_all_due() -> None:
    for round in CoffeeRound.objects.due().select_related("circle"):
        pair(round)


def pair(round: CoffeeRound) -> bool:
    """Make the pairs; False when they are made already, or something changed meanwhile: the worker comes again."""
    frame = _framed(round)
    return _write(round, frame, cups_for(round, frame))


def cups_for(round: CoffeeRound, frame: Frame) -> list[Cup]:
    """Who has coffee with whom; pure of writing."""
    if len(frame.people) < 2:
        return []
    plan = coffee_round(
        frame.people,
        history=memory.history_of(frame.people),
        not_with=sorted(frame.apart, key=sorted),
        seed=round.pk,
    )
    return _without_silences(
        [tuple(sorted(set(frame.people).intersection(cup))) for cup in plan.rounds[0]], frame.apart
    )


def _without_silences(cups: list[Cup], apart: frozenset[frozenset[int]]) -> list[Cup]:
    """A cup that must not be is poured out; each of its people becomes a third elsewhere, where they can."""
    kept = [cup for cup in cups if not _clashes(cup, apart)]
    for person in sorted(person for cup in cups if _clashes(cup, apart) for person in cup):
        by_size = sorted(range(len(kept)), key=lambda number: (len(kept[number]), kept[number]))
        for number in by_size:
            if not _clashes((*kept[number], person), apart):
                kept[number] = tuple(sorted((*kept[number], person)))
                break
        else:
            kept.append((person,))
    return [cup for cup in kept if len(cup) > 1]


def _clashes(cup: Cup, apart: frozenset[frozenset[int]]) -> bool:
    return any(frozenset(both) in apart for both in combinations(cup, 2))


def _framed(round: CoffeeRound) -> Frame:
    """Those with a seat who still belong, and the pairs of them who must not be: silences, and competitors."""
    here = round.people().filter(pk__in=round.seats.values("person"))
    people = list(here.order_by("pk").values_list("pk", flat=True))
    apart = [*silence.pairs_among(people), *competitors_in([round.circle], people)]
    return Frame(people, frozenset(frozenset(pair) for pair in apart))


@transaction.atomic
def _write(round: CoffeeRound, frame: Frame, cups: list[Cup]) -> bool:
    held = CoffeeRound.objects.select_for_update(no_key=True, of=("self",)).select_related("circle")
    found = held.filter(pk=round.pk, paired_at=None).first()
    if found is None or _framed(found) != frame:
        return False
    seats = {seat.person_id: seat for seat in found.seats.select_related("person")}
    for number, cup in enumerate(cups, 1):
        for person in cup:
            seats[person].pair = number
    CoffeeSeat.objects.bulk_update(seats.values(), ["pair"])
    found.paired_at = now()
    found.save(update_fields=["paired_at"])
    _tell(found, [[seats[person].person for person in cup] for cup in cups])
    in_a_cup = {person for cup in cups for person in cup}
    for person in frame.people:
        if person not in in_a_cup:
            _send(found, seats[person].person, "connections/coffee_round_nobody")
    journal.record("coffee_round.paired", found.circle)
    return True


def _tell(round: CoffeeRound, cups: list[list[Person]]) -> None:
    for cup in cups:
        for person in cup:
            others = [other for other in cup if other != person]
            said = openers.for_reader(round, person, others)
            _send(round, person, "connections/coffee_round_pair", others=others, opener=said)


def _send(round: CoffeeRound, person: Person, kind: str, **context) -> None:
    sending.send(
        person, kind, key=f"{keys_of(round)}pair/{person.pk}", circle=round.circle, round=round, **context
    )
