"""Attackers: each lays an order of people beside an order of notes, and says that they belong together.

The disk holds people in some orders (as their rows lie, by what stands beside them) and notes in others
(keys, rows, bytes of files). Every pair of the two is an attacker, and so is the same read
backwards. The trained one is told the truth of half the rounds, learns where the note of
the n-th person tends to lie, and is judged by the other half; then the halves change places.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Round:
    """What was written in one round, and what the disk showed of it afterwards.

    An order of notes is empty where nothing of them was found, as in the dump of a Redis that never heard of them.
    """

    truth: dict[str, int]
    people: dict[str, list[int]]
    notes: dict[str, list[str]]


@dataclass(frozen=True)
class Score:
    """How often an attacker was right; ``rounds_count`` rounds of ``size`` notes each."""

    attacker: str
    hits: int
    rounds_count: int
    size: int

    @property
    def rate(self) -> float:
        return self.hits / (self.rounds_count * self.size)

    @property
    def upper_bound(self) -> float:
        """One-sided 95 % bound. In a shuffled round the hits have mean 1 and variance 1."""
        return self.rate + 1.645 / (math.sqrt(self.rounds_count) * self.size)

    @property
    def p(self) -> float:
        """How often chance alone does at least as well, by the normal curve."""
        lift = (self.rate * self.size - 1) * math.sqrt(self.rounds_count)
        return math.erfc(lift / math.sqrt(2)) / 2

    @property
    def against_chance(self) -> float:
        """The upper bound as a multiple of chance, which is one in ``size``."""
        return self.upper_bound * self.size


def scores(rounds: Sequence[Round], of: str = "", *, merges: bool = True) -> list[Score]:
    """Every attacker's score, best first; ``of`` says what is linked. Two who always say the same are one, unless said."""
    size = len(rounds[0].truth)
    begin = f"{of}: " if of else ""
    found, seen = [], set()
    for people, notes in product(_shown(rounds, "people"), _shown(rounds, "notes")):
        lined_up = [_places(round, people, notes) for round in rounds]
        said = tuple(map(tuple, lined_up))
        if merges and said in seen:
            continue
        seen.add(said)
        name = f"{begin}{people} × {notes}"
        forward = sum(sum(place == index for index, place in enumerate(places)) for places in lined_up)
        backward = sum(
            sum(place == size - 1 - index for index, place in enumerate(places)) for places in lined_up
        )
        found.append(Score(name, forward, len(rounds), size))
        found.append(Score(f"{name}, backwards", backward, len(rounds), size))
        found.append(_trained(f"{name}, trained", lined_up, size))
    return sorted(found, key=lambda score: -score.against_chance)


def silent(rounds: Sequence[Round]) -> list[str]:
    """Where no round left anything of its notes to be found."""
    return [name for name in rounds[0].notes if not any(round.notes.get(name) for round in rounds)]


def _shown(rounds: Sequence[Round], side: str) -> list[str]:
    """The orders that at least a tenth of the rounds show: what is in a file now and then counts as well."""
    seen = Counter(name for round in rounds for name, order in getattr(round, side).items() if order)
    return [name for name, times in seen.items() if 10 * times >= len(rounds)]


def _places(round: Round, people: str, notes: str) -> list[int]:
    """For each person, in this order of people, the place of their note in this order of notes."""
    written_by = {person: text for text, person in round.truth.items()}
    # Who finds an order missing has to guess all the same.
    by_name = round.notes.get(notes) or sorted(round.truth)
    at = {text: place for place, text in enumerate(by_name)}
    by_number = round.people.get(people) or sorted(round.truth.values())
    return [at[written_by[person]] for person in by_number]


def _trained(name: str, lined_up: Sequence[Sequence[int]], size: int) -> Score:
    """Learn from one half and be judged by the other, and the other way round: every round is judged once."""
    half = len(lined_up) // 2
    folds = ((lined_up[:half], lined_up[half:]), (lined_up[half:], lined_up[:half]))
    hits = sum(_hits(_learned(known, size), asked) for known, asked in folds)
    return Score(name, hits, len(lined_up), size)


def _learned(known: Sequence[Sequence[int]], size: int) -> list[int]:
    seen = [Counter(places[index] for places in known) for index in range(size)]
    return [places.most_common(1)[0][0] if places else 0 for places in seen]


def _hits(guess: Sequence[int], asked: Sequence[Sequence[int]]) -> int:
    return sum(guess[index] == place for places in asked for index, place in enumerate(places))
