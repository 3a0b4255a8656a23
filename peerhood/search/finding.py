"""Finding: things by words somebody types, among those they may know of.

Who may know of an entry is part of the question that the index answers, not a filter on its
answers. What somebody types becomes words of letters and digits before anything else, so it
can never be an operator of the index. Whole words of a title come first, then beginnings,
then words elsewhere; names in order among equals. Of very many only so many are ranked.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from peerhood.search import postgresql, sqlite
from peerhood.search.folding import folded, mark, words_of
from peerhood.search.question import Found, Question, Text

# More than anybody looks through; of more matches these are ranked and counted.
MOST = 500
MOST_TYPED = 8
# So short a beginning is that of a word of nearly everything: titles are looked at first.
SHORT = 2

Facet = tuple[str, str]


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
        words=words_of(typed)[:MOST_TYPED],
        # One mark says the kind and who may know: to intersect with all that is of a kind would cost more.
        audiences=[mark("a", kind, audience) for audience in audiences],
        marks=[mark("f", *facet) for facet in having],
        beginnings=[mark("f", *facet) for facet in beginning if folded(facet[1])],
    )
    asking = postgresql if connection.vendor == "postgresql" else sqlite
    is_short = all(len(word) <= SHORT for word in question.words)
    texts = [Text.TITLE_BEGINS, Text.ANY_BEGINS] if is_short else [Text.ANY_BEGINS]
    with connection.cursor() as cursor:
        rows = asking.matching(cursor, question, texts, MOST)
        if len(rows) < MOST:
            ids = _ranked(rows, question)
            return Found(ids, len(ids), is_more=False)
        # So many match that these are any of them. Those whose title begins so come in their true order, then
        # those that have the words in their title.
        first = asking.in_order(cursor, question, min(upto, MOST))
        if question.words and not is_short:
            rows = asking.matching(cursor, question, [Text.TITLE_HAS, Text.TITLE_BEGINS], MOST) + rows
    ids = list(dict.fromkeys([*first, *_ranked(rows, question)]))[:MOST]
    return Found(ids, len(ids), is_more=True)


def _ranked(rows: Iterable[tuple[int, str]], question: Question) -> list[int]:
    ordered = sorted({(_rank(title, question.words), title, pk) for pk, title in rows})
    return list(dict.fromkeys(pk for _rank_, _title, pk in ordered))


def _rank(title: str, words: list[str]) -> int:
    """0 for what was typed, then whole words of the title, beginnings of them, and words elsewhere.

    >>> [_rank(title, ["ann"]) for title in ("ann", "bo ann", "anna", "bo")]
    [0, 1, 2, 3]
    """
    there = title.split()
    if there == words:
        return 0
    if all(word in there for word in words):
        return 1
    return 2 if all(any(one.startswith(word) for one in there) for word in words) else 3
