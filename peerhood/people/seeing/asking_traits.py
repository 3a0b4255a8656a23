"""Asking the traits how many give an answer, and who does.

In SQL: one look at others like me asks some twenty of these, each answered from an index in a tenth
of the time it would take to write the question by way of the ORM.
"""

from collections.abc import Collection, Sequence

from django.db import connection

from peerhood.people.models import Trait

Said = tuple[str, str]  # a question, or the town, and the answer to it
TABLE = f'"{Trait._meta.db_table}"'


def count(sayings: Sequence[Said], *, but: int | None = None, levels: Collection[str] = ()) -> int:
    """How many people give all of these answers; with ``levels``, those who show the first to so many.

    ``but`` is a person who is not counted.
    """
    where, values = _where(sayings[0], but, levels)
    for key, value in sayings[1:]:
        where += (
            f" AND EXISTS (SELECT 1 FROM {TABLE} also WHERE also.person_id = said.person_id"  # noqa: S608
            ' AND also."key" = %s AND also."value" = %s)'
        )
        values += [key, value]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE} said WHERE {where}", values)  # noqa: S608
        return int(cursor.fetchone()[0])


def newest(said: Said, most: int, *, but: int, levels: Collection[str]) -> list[int]:
    """Ids of the newest people who give this answer and show it to so many, without ``but``."""
    where, values = _where(said, but, levels)
    asked = f"SELECT said.person_id FROM {TABLE} said WHERE {where} ORDER BY said.person_id DESC LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, [*values, most])
        return [pk for (pk,) in cursor.fetchall()]


def _where(said: Said, but: int | None, levels: Collection[str]) -> tuple[str, list[str | int]]:
    where = 'said."key" = %s AND said."value" = %s'
    values: list[str | int] = [*said]
    if but is not None:
        where, values = f"{where} AND said.person_id <> %s", [*values, but]
    if levels:
        marks = ", ".join(["%s"] * len(levels))
        where, values = f"{where} AND said.level IN ({marks})", [*values, *levels]
    return where, values
