"""The question as SQLite understands it: FTS5."""

from typing import Any

from peerhood.search.question import Question, Text

PART = "SELECT * FROM (SELECT rowid AS entry FROM search_index WHERE search_index MATCH %s LIMIT %s)"
MATCHING = """
WITH found AS ({parts} LIMIT %s)
SELECT e.object_id, e.title FROM found CROSS JOIN search_entry e ON e.id = found.entry
"""
IN_ORDER = """
SELECT object_id FROM search_entry
WHERE kind = %s AND title >= %s AND title < %s AND ({audience}) {narrowed}
GROUP BY title, object_id ORDER BY title, object_id LIMIT %s
"""
WORD = {
    Text.TITLE_HAS: 'title : "{}"',
    Text.TITLE_BEGINS: 'title : "{}" *',
    Text.ANY_BEGINS: 'words : "{}" *',
}


def matching(cursor: Any, question: Question, texts: list[Text], most: int) -> list[tuple[int, str]]:
    """Ids and titles of what has the words in one of the places, ``most`` at most; the first places fill first."""
    values = [value for text in texts for value in (_match(question, text), most)]
    cursor.execute(MATCHING.format(parts=" UNION ALL ".join([PART] * len(texts))), [*values, most])
    return cursor.fetchall()


def in_order(cursor: Any, question: Question, limit: int) -> list[int]:
    """Ids of those whose title begins with what was typed, by title."""
    here = "instr(' ' || marks || ' ', %s) > 0"
    narrowing = [*(f" {mark} " for mark in question.marks), *(f" {mark}" for mark in question.beginnings)]
    sql = IN_ORDER.format(
        audience=" OR ".join([here] * len(question.audiences)), narrowed=f" AND {here}" * len(narrowing)
    )
    audiences = [f" {audience} " for audience in question.audiences]
    span = [question.kind, question.typed, question.typed + "\U0010ffff"]
    cursor.execute(sql, [*span, *audiences, *narrowing, limit])
    return [row[0] for row in cursor.fetchall()]


def _match(question: Question, text: Text) -> str:
    return " AND ".join([*(WORD[text].format(word) for word in question.words), _marks(question)])


def _marks(question: Question) -> str:
    audiences = " OR ".join(f'"{mark}"' for mark in question.audiences)
    return " AND ".join(
        [
            f"marks : ({audiences})",
            *(f'marks : "{mark}"' for mark in question.marks),
            *(f'marks : "{mark}" *' for mark in question.beginnings),
        ]
    )
