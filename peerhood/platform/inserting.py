"""Inserting: a new row with a question that is built once for each table, for the few that every answer writes.

Building it anew takes Django longer than the database needs to answer it. The fields say what stands in their
columns, as ever; signals of a save are not sent, and nobody here listens to any.
"""

from functools import cache

from django.db import connection
from django.db.models import Field, Model


def insert(row: Model, *, unless: str = "") -> bool:
    """Write a new row, which then has its key; False where one of the same ``unless``, a unique field, is there."""
    asked = _question(type(row), unless)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in _columns(type(row))]
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        written = cursor.fetchone()
    if written is None:
        return False
    row.pk = written[0]
    row._state.adding, row._state.db = False, connection.alias
    return True


@cache
def _columns(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _question(model: type[Model], unless: str) -> str:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in _columns(model))
    marks = ", ".join(["%s"] * len(_columns(model)))
    conflict = f" ON CONFLICT ({quoted(unless)}) DO NOTHING" if unless else ""
    return f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({marks}){conflict} RETURNING id"  # noqa: S608
