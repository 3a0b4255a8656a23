"""What is asked of an index, in folded words and marks, and what it answers."""

from collections.abc import Collection, Sequence
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

    def without(self, others: Collection[int]) -> "Found":
        """All but these, and as many fewer.

        >>> Found([1, 2, 3], 3, is_more=False).without({2})
        Found(ids=[1, 3], count=2, is_more=False)
        """
        ids = [pk for pk in self.ids if pk not in others]
        return Found(ids, self.count - (len(self.ids) - len(ids)), self.is_more)
