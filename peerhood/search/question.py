"""What is asked of an index, in folded words and marks, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Text(Enum):
    """Where the words are looked for."""

    TITLE_HAS = "whole words of the title"
    TITLE_BEGINS = "beginnings of words of the title"
    ANY_BEGINS = "beginnings of any words, the title's too"


@dataclass(frozen=True)
class Question:
    kind: str
    words: list[str]
    # One of these an entry must have, and all of the next, and all that begin with the last.
    audiences: Sequence[str]
    marks: Sequence[str]
    beginnings: Sequence[str]

    @property
    def typed(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Found:
    """Ids in order. ``count`` is of these; ``is_more`` when so many match that not all were counted."""

    ids: Sequence[int]
    count: int
    is_more: bool
