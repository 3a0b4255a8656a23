"""A format as data: parts of steps, each with its clock, its groups and what people add in it.

A part may come several times: three rounds, one for each challenger, one for each topic.
What the text says is in the language of the circle; the rest of a recipe means the same in
every language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Clock(StrEnum):
    # So long, for everybody at once.
    FIXED = "fixed"
    # So long for each who takes a turn.
    PER_PERSON = "per-person"
    # So long for each topic; thumbs may give it more.
    PER_TOPIC = "per-topic"
    # Until the facilitator goes on; the length is a plan.
    UNTIL = "until"


class Grouping(StrEnum):
    ALL = "all"
    ALONE = "alone"
    PAIRS = "pairs"
    THREES = "threes"
    # ``group_size`` at a table.
    TABLES = "tables"
    # Two groups of the step before become one.
    JOINED = "joined"
    # As in the step before.
    SAME = "same"


class Contribution(StrEnum):
    NONE = "none"
    IDEA = "idea"
    QUESTION = "question"
    TOPIC = "topic"
    TAKEAWAY = "takeaway"
    DOTS = "dots"
    APPROVAL = "approval"
    THUMBS = "thumbs"
    VALUES = "values"


class Visibility(StrEnum):
    """Who sees what was added in a step, and when."""

    # Everybody, all of it at once, when the step ends.
    TOGETHER = "together"
    # Nobody but the phone it was made on.
    OWN = "own"


# Written by each, without a name: these go through the pot.
WRITTEN = frozenset({Contribution.IDEA, Contribution.QUESTION, Contribution.TOPIC, Contribution.TAKEAWAY})
GROUPED = frozenset({Grouping.PAIRS, Grouping.THREES, Grouping.TABLES, Grouping.JOINED})


@dataclass(frozen=True)
class Role:
    """What somebody does in this format. Every format has a place for who only listens."""

    key: str
    name: str
    says: str = ""


@dataclass(frozen=True)
class Step:
    """One thing that the room does.

    Args:
        title: what it is called, on every screen.
        says: what people are asked; where something is written, the question above the field.
        script: what the facilitator says or minds; on the run screen and in the kit.
        seconds: its length, or that of one turn or one topic, by its clock. At least 1.
        extends: seconds that a topic may be given more, one after the other.
        warns: seconds before its end when everybody is told; 0 is never.
        group_size: people at a table, where it is grouped by tables.
        hosts_stay: one at each table stays there from round to round.
        contribution: what is added in it.
        each: how many each may add; 0 is as many as they like.
        level: a confidentiality stricter than the item's, or "".
        role: the key of the role that leads in it, or "".
    """

    title: str
    says: str = ""
    script: str = ""
    clock: Clock = Clock.FIXED
    seconds: int = 60
    extends: tuple[int, ...] = ()
    warns: int = 0
    grouping: Grouping = Grouping.ALL
    group_size: int = 0
    hosts_stay: bool = False
    contribution: Contribution = Contribution.NONE
    each: int = 0
    shows: Visibility = Visibility.TOGETHER
    level: str = ""
    role: str = ""


@dataclass(frozen=True)
class Part:
    """Steps that belong together, ``times`` over; 0 is until the facilitator goes on."""

    steps: tuple[Step, ...]
    times: int = 1
    # What one time is called: round, challenger, topic. Empty where there is one only.
    each: str = ""


@dataclass(frozen=True)
class Recipe:
    """A format: for how many people it is, who does what, and its parts in order.

    ``first_names_only``: until the last part, no more than a first name of anybody is shown.
    """

    key: str
    name: str
    says: str = ""
    fewest: int = 2
    # None: however many.
    most: int | None = None
    roles: tuple[Role, ...] = ()
    parts: tuple[Part, ...] = ()
    first_names_only: bool = False
    # What has to be there: paper, bricks, a projector.
    brings: tuple[str, ...] = field(default=())
    # What is sorted where values are: a word or two each.
    cards: tuple[str, ...] = field(default=())

    def steps(self) -> Iterator[Step]:
        """Every step once, in order."""
        return (step for part in self.parts for step in part.steps)

    def as_data(self) -> dict[str, Any]:
        """Plain values, as they are kept and sent."""
        return asdict(self)


def read(data: Mapping[str, Any]) -> Recipe:
    """A recipe from what ``as_data`` gave, or from a file. Raises ValueError or TypeError where it is none.

    >>> read({"key": "talks", "name": "Talks", "parts": [{"steps": [{"title": "A talk", "seconds": 300}]}]}).name
    'Talks'
    """
    return Recipe(
        **{
            **data,
            "roles": tuple(Role(**role) for role in data.get("roles", ())),
            "parts": tuple(_part(part) for part in data.get("parts", ())),
            "brings": tuple(data.get("brings", ())),
            "cards": tuple(data.get("cards", ())),
        }
    )


def _part(data: Mapping[str, Any]) -> Part:
    return Part(**{**data, "steps": tuple(_step(step) for step in data["steps"])})


def _step(data: Mapping[str, Any]) -> Step:
    kinds = {"clock": Clock, "grouping": Grouping, "contribution": Contribution, "shows": Visibility}
    known = {name: kind(data[name]) for name, kind in kinds.items() if name in data}
    return Step(**{**data, **known, "extends": tuple(data.get("extends", ()))})
