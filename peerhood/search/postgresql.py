"""The question as PostgreSQL understands it: a tsquery over lexemes of our own making."""

from typing import Any

from peerhood.search.question import Question, Text

PART = (
    "SELECT * FROM (SELECT object_id, title FROM search_entry WHERE lexemes @@ %s::tsquery LIMIT %s) AS part"
)
IN_ORDER = """
SELECT object_id FROM search_entry
WHERE kind = %s AND title COLLATE "C" >= %s AND title COLLATE "C" < %s AND lexemes @@ %s::tsquery
GROUP BY title COLLATE "C", object_id ORDER BY title COLLATE "C", object_id LIMIT %s
"""
WORD = {Text.TITLE_HAS: "'t_{}'", Text.TITLE_BEGINS: "'t_{}':*", Text.ANY_BEGINS: "'w_{}':*"}


def matching(cursor: Any, question: Question, texts: list[Text], most: int) -> list[tuple[int, str]]:
    """Ids and titles of what has the words in one of the places, ``most`` at most; the first places fill first."""
    values = [value for text in texts for value in (_match(question, text), most)]
    cursor.execute(" UNION ALL ".join([PART] * len(texts)) + " LIMIT %s", [*values, most])
    return cursor.fetchall()


def in_order(cursor: Any, question: Question, limit: int) -> list[int]:
    """Ids of those whose title begins with what was typed, by title."""
    span = [question.kind, question.typed, question.typed + "\U0010ffff"]
    cursor.execute(IN_ORDER, [*span, _marks(question), limit])
    return [row[0] for row in cursor.fetchall()]


def _match(question: Question, text: Text) -> str:
    return " & ".join([*(WORD[text].format(word) for word in question.words), _marks(question)])


def _marks(question: Question) -> str:
    audiences = " | ".join(f"'{mark}'" for mark in question.audiences)
    return " & ".join(
        [
            f"({audiences})",
            *(f"'{mark}'" for mark in question.marks),
            *(f"'{mark}':*" for mark in question.beginnings),
        ]
    )
