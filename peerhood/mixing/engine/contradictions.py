"""Contradictions: what no seating can satisfy, found before any search.

Each clash is a fact with a kind, so that a page can say it in its own language,
and an English sentence for everyone else. Silent wishes (``not_with``) are never
a contradiction: refusing would tell the organiser about them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from peerhood.mixing.engine.wishes import Person, Wishes

SENTENCES = {
    "nobody": "There is nobody to seat.",
    "no_rounds": "There are no rounds to mix.",
    "listed_twice": "{people} is on the list twice.",
    "empty_table": "Table {table} in {rounds} has no chairs.",
    "too_few_seats": "There are {count} people but only {limit} seats in {rounds}.",
    "nowhere": "{people} is pinned to table {table} in {rounds}, which does not exist.",
    "stranger": "{people} is pinned to table {table} but is not on the list.",
    "pinned_while_absent": "{people} is pinned to table {table} in {rounds} but is absent then.",
    "pinned_twice": "{people} is pinned to two tables in {rounds}.",
    "two_hosts": "Two hosts are pinned to table {table} in {rounds}: {people}.",
    "table_overfull": "{count} people are pinned to table {table} in {rounds}, more than it seats ({limit}).",
    "apart_but_pinned": "{people} are to be kept apart but are pinned to table {table} in {rounds}.",
    "together_but_pinned": "{people} are to be kept together but are pinned to different tables in {rounds}.",
    "apart_and_together": "{people} are to be kept apart and to be kept together.",
    "too_many_apart": "More people ({count}) are to be kept apart than there are tables ({limit}) in {rounds}.",
    "too_many_together": "More people ({count}) are to be kept together than a table seats ({limit}) in {rounds}.",
    "wrong_rounds": "These are seats for another number of rounds: {count}, not {limit}.",
    "unseated": "{people} has no seat in {rounds}.",
    "unexpected": "{people} has a seat in {rounds} but is not there.",
    "seated_twice": "{people} sits twice in {rounds}.",
    "table_full": "There are more people at table {table} in {rounds} ({count}) than chairs ({limit}).",
    "pin_broken": "{people} is pinned to table {table} in {rounds}.",
    "left_alone": "{people} would be left alone at table {table} in {rounds}.",
    "unknown_mode": "There must be one mode a round: mixed, similar or diverse.",
}
MODES = {"mixed", "similar", "diverse"}


class Pin(NamedTuple):
    """This person at this table in this round; rounds and tables are numbered from 1."""

    person: Person
    round: int
    table: int


@dataclass(frozen=True)
class Clash:
    """One contradiction: its kind, and the facts that its sentence needs."""

    kind: str
    people: tuple[Person, ...] = ()
    table: int | None = None
    rounds: tuple[int, ...] = ()
    count: int | None = None
    limit: int | None = None

    def sentence(self, name: Callable[[Person], str] = str) -> str:
        """Say it in English.

        >>> Clash("two_hosts", ("Ada", "Ben"), table=4, rounds=(2,)).sentence()
        'Two hosts are pinned to table 4 in round 2: Ada and Ben.'
        """
        rounds = f"round{'s' * (len(self.rounds) > 1)} {_listed(self.rounds)}"
        people = _listed([name(person) for person in self.people])
        return SENTENCES[self.kind].format(
            people=people, table=self.table, rounds=rounds, count=self.count, limit=self.limit
        )


def _listed(words: Sequence[object]) -> str:
    *rest, last = [str(word) for word in words] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


class Contradiction(ValueError):
    """The problem cannot be seated as stated; ``messages`` say why, one sentence each."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        self.clashes = tuple(clashes)
        self.messages = [clash.sentence() for clash in self.clashes]
        super().__init__(" ".join(self.messages))


def find(
    people: Sequence[Person],
    tables: Sequence[Sequence[int]],
    present: Sequence[Collection[Person]],
    wishes: Wishes,
    pins: Collection[Pin],
    hosts: Mapping[Person, int],
) -> list[Clash]:
    """Name every contradiction; one that repeats round after round is named once."""
    clashes = [] if people else [Clash("nobody")]
    clashes += [] if tables else [Clash("no_rounds")]
    clashes += [Clash("listed_twice", (person,)) for person, times in Counter(people).items() if times > 1]
    if wishes.modes and (len(wishes.modes) != len(tables) or not MODES.issuperset(wishes.modes)):
        clashes.append(Clash("unknown_mode"))
    known = set(people)
    clashes += [Clash("stranger", (who,), where) for who, where in hosts.items() if who not in known]
    for number, (sizes, here) in enumerate(zip(tables, present, strict=True), 1):
        hosting = [Pin(who, number, where) for who, where in hosts.items() if who in here]
        here_pinned = [pin for pin in pins if pin.round == number]
        clashes += _in_the_room(number, sizes, here)
        clashes += _in_the_pins(number, sizes, known, here, hosting, here_pinned)
        clashes += _in_the_groups(number, sizes, here, wishes, hosting + here_pinned)
    clashes += [
        Clash("nowhere", (p.person,), p.table, (p.round,)) for p in pins if not 1 <= p.round <= len(tables)
    ]
    return _gathered(clashes)


def _in_the_room(number: int, sizes: Sequence[int], here: Collection[Person]) -> Iterator[Clash]:
    yield from (Clash("empty_table", (), t, (number,)) for t, size in enumerate(sizes, 1) if size < 1)
    if len(here) > sum(sizes):
        yield Clash("too_few_seats", rounds=(number,), count=len(here), limit=sum(sizes))


def _in_the_pins(
    number: int,
    sizes: Sequence[int],
    known: Collection[Person],
    here: Collection[Person],
    hosting: Sequence[Pin],
    pins: Sequence[Pin],
) -> Iterator[Clash]:
    seats: dict[Person, set[int]] = defaultdict(set)
    for person, _, table in [*hosting, *pins]:
        seats[person].add(table)
        if person not in known:
            yield Clash("stranger", (person,), table)
        elif person not in here:
            yield Clash("pinned_while_absent", (person,), table, (number,))
        if not 1 <= table <= len(sizes):
            yield Clash("nowhere", (person,), table, (number,))
    yield from (Clash("pinned_twice", (who,), None, (number,)) for who, at in seats.items() if len(at) > 1)
    host_names = {pin.person for pin in hosting}
    for table, size in enumerate(sizes, 1):
        seated = tuple(person for person, at in seats.items() if table in at)
        if len(hosts := tuple(person for person in seated if person in host_names)) > 1:
            yield Clash("two_hosts", hosts, table, (number,))
        if len(seated) > size:
            yield Clash("table_overfull", (), table, (number,), len(seated), size)


def _in_the_groups(
    number: int, sizes: Sequence[int], here: Collection[Person], wishes: Wishes, pins: Sequence[Pin]
) -> Iterator[Clash]:
    at = {pin.person: pin.table for pin in pins}
    apart = [[person for person in group if person in here] for group in wishes.keep_apart]
    together = [[person for person in group if person in here] for group in wishes.keep_together]
    for group in apart:
        if len(group) > len(sizes):
            yield Clash("too_many_apart", (), None, (number,), len(group), len(sizes))
        for a, b in combinations(group, 2):
            if a in at and at[a] == at.get(b):
                yield Clash("apart_but_pinned", (a, b), at[a], (number,))
            if any(a in others and b in others for others in together):
                yield Clash("apart_and_together", (a, b))
    for group in together:
        if len(group) > max(sizes, default=0):
            yield Clash("too_many_together", (), None, (number,), len(group), max(sizes, default=0))
        if len({at[person] for person in group if person in at}) > 1:
            yield Clash("together_but_pinned", tuple(p for p in group if p in at), None, (number,))


def _gathered(clashes: Iterable[Clash]) -> list[Clash]:
    """The same clash in several rounds, said once."""
    rounds: dict[tuple[object, ...], list[int]] = defaultdict(list)
    first: dict[tuple[object, ...], Clash] = {}
    for clash in clashes:
        key = (clash.kind, clash.people, clash.table, clash.count, clash.limit)
        first.setdefault(key, clash)
        rounds[key] += [number for number in clash.rounds if number not in rounds[key]]
    return [
        Clash(c.kind, c.people, c.table, tuple(rounds[key]), c.count, c.limit) for key, c in first.items()
    ]
