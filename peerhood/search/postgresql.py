"""The question as PostgreSQL understands it: a tsquery over lexemes of our own making."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peerhood.search.finding import Question

MATCHING = "SELECT * FROM (SELECT id, {rank} AS place FROM search_entry WHERE lexemes @@ %s::tsquery LIMIT %s) AS part"
RANKED = """
WITH found (entry, place) AS ({parts} LIMIT %s)
SELECT e.object_id, COUNT(*), MIN(place) AS best
FROM found JOIN search_entry e ON e.id = found.entry
GROUP BY e.object_id, e.title
ORDER BY e.title <> %s, best, e.title COLLATE "C", e.object_id
"""
IN_ORDER = """
SELECT object_id FROM search_entry
WHERE kind = %s AND title COLLATE "C" >= %s AND title COLLATE "C" < %s AND lexemes @@ %s::tsquery
GROUP BY title COLLATE "C", object_id ORDER BY title COLLATE "C", object_id LIMIT %s
"""


def ranked(cursor: Any, question: "Question", most: int) -> tuple[list[int], int]:
    """Ids in order, and how many entries were looked at, ``most`` at most."""
    texts = [f"{text} & {_marks(question)}" for text in _texts(question.words)] or [_marks(question)]
    parts = " UNION ALL ".join(MATCHING.format(rank=rank) for rank in range(len(texts)))
    values = [value for text in texts for value in (text, most)]
    cursor.execute(RANKED.format(parts=parts), [*values, most, question.typed])
    rows = cursor.fetchall()
    return [row[0] for row in rows], sum(row[1] for row in rows)


def in_order(cursor: Any, question: "Question", limit: int) -> list[int]:
    """Ids of those whose title begins with what was typed, by title."""
    span = [question.kind, question.typed, question.typed + "\U0010ffff"]
    cursor.execute(IN_ORDER, [*span, _marks(question), limit])
    return [row[0] for row in cursor.fetchall()]


def _texts(words: list[str]) -> list[str]:
    """Whole words of the title, beginnings of them, beginnings of words anywhere."""
    if not words:
        return []
    return [
        " & ".join(f"'t_{word}'" for word in words),
        " & ".join(f"'t_{word}':*" for word in words),
        " & ".join(f"'w_{word}':*" for word in words),
    ]


def _marks(question: "Question") -> str:
    audiences = " | ".join(f"'{mark}'" for mark in question.audiences)
    return " & ".join(
        [
            f"({audiences})",
            *(f"'{mark}'" for mark in question.marks),
            *(f"'{mark}':*" for mark in question.beginnings),
        ]
    )
