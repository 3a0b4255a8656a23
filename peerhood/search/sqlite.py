"""The question as SQLite understands it: FTS5."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peerhood.search.finding import Question

MATCHING = (
    "SELECT * FROM (SELECT rowid, {rank} AS place FROM search_index WHERE search_index MATCH %s LIMIT %s)"
)
RANKED = """
WITH found (entry, place) AS ({parts} LIMIT %s)
SELECT e.object_id, COUNT(*), MIN(place) AS best
FROM found CROSS JOIN search_entry e ON e.id = found.entry
GROUP BY e.object_id
ORDER BY e.title <> %s, best, e.title, e.object_id
"""
IN_ORDER = """
SELECT object_id FROM search_entry
WHERE kind = %s AND title >= %s AND title < %s AND ({audience}) {narrowed}
GROUP BY title, object_id ORDER BY title, object_id LIMIT %s
"""


def ranked(cursor: Any, question: "Question", most: int) -> tuple[list[int], int]:
    """Ids in order, and how many entries were looked at, ``most`` at most."""
    texts = [f"{text} AND {_marks(question)}" for text in _texts(question.words)] or [_marks(question)]
    parts = " UNION ALL ".join(MATCHING.format(rank=rank) for rank in range(len(texts)))
    values = [value for text in texts for value in (text, most)]
    cursor.execute(RANKED.format(parts=parts), [*values, most, question.typed])
    rows = cursor.fetchall()
    return [row[0] for row in rows], sum(row[1] for row in rows)


def in_order(cursor: Any, question: "Question", limit: int) -> list[int]:
    """Ids of those whose title begins with what was typed, by title."""
    here = "instr(' ' || marks || ' ', %s) > 0"
    narrowing = [*(f" {mark} " for mark in question.marks[1:]), *(f" {mark}" for mark in question.beginnings)]
    sql = IN_ORDER.format(
        audience=" OR ".join([here] * len(question.audiences)), narrowed=f" AND {here}" * len(narrowing)
    )
    audiences = [f" {audience} " for audience in question.audiences]
    span = [question.kind, question.typed, question.typed + "\U0010ffff"]
    cursor.execute(sql, [*span, *audiences, *narrowing, limit])
    return [row[0] for row in cursor.fetchall()]


def _texts(words: list[str]) -> list[str]:
    """Whole words of the title, beginnings of them, beginnings of words anywhere."""
    if not words:
        return []
    whole = " AND ".join(f'title : "{word}"' for word in words)
    begun = " AND ".join(f'title : "{word}" *' for word in words)
    anywhere = " AND ".join(f'words : "{word}" *' for word in words)
    return [whole, begun, anywhere]


def _marks(question: "Question") -> str:
    audiences = " OR ".join(f'"{mark}"' for mark in question.audiences)
    return " AND ".join(
        [
            f"marks : ({audiences})",
            *(f'marks : "{mark}"' for mark in question.marks),
            *(f'marks : "{mark}" *' for mark in question.beginnings),
        ]
    )
