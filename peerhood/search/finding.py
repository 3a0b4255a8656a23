"""Finding: things by words somebody types, among those they may know of.

Who may know of an entry is part of the question that the index answers, not a filter on its
answers. What somebody types becomes words of letters and digits before anything else, so it
can never be an operator of the index. Whole words of a title come first, then beginnings,
then words elsewhere; names in order among equals. Of very many only so many are ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from peerhood.search import postgresql, sqlite
from peerhood.search.folding import folded, mark, words_of

# More than anybody looks through; of more matches these are ranked and counted.
MOST = 1000
MOST_TYPED = 8

Facet = tuple[str, str]


@dataclass(frozen=True)
class Question:
    """What is asked of the index, in folded words and marks."""

    kind: str
    typed: str
    audiences: Sequence[str]
    # Marks that an entry must have, and beginnings of marks.
    marks: Sequence[str]
    beginnings: Sequence[str]

    @property
    def words(self) -> list[str]:
        return self.typed.split()


@dataclass(frozen=True)
class Found:
    """Ids in order. ``count`` is at most MOST; ``is_more`` when there are more than that."""

    ids: Sequence[int]
    count: int
    is_more: bool


def find(
    typed: str,
    audiences: Sequence[str],
    *,
    kind: str,
    having: Sequence[Facet] = (),
    beginning: Sequence[Facet] = (),
    upto: int = MOST,
) -> Found:
    """Find things of a kind that one of the audiences may find; all of them when nothing is typed.

    Every word must be found, as the beginning of a word. ``having`` narrows by whole facets,
    ``beginning`` by their beginnings. Of very many, the first ``upto`` are in their true order.
    """
    question = Question(
        kind=kind,
        typed=" ".join(words_of(typed)[:MOST_TYPED]),
        audiences=[mark("a", audience) for audience in audiences],
        marks=[mark("k", kind), *(mark("f", *facet) for facet in having)],
        beginnings=[mark("f", *facet) for facet in beginning if folded(facet[1])],
    )
    asking = postgresql if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        ids, seen_count = asking.ranked(cursor, question, MOST)
        is_more = seen_count >= MOST
        if is_more:
            # So many match that the ranked ones are any: those whose title begins so come in their true order.
            first = asking.in_order(cursor, question, min(upto, MOST))
            ids = list(dict.fromkeys([*first, *ids]))[:MOST]
    return Found(ids, len(ids), is_more)
