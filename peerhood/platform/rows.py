"""Rows: one is found, or written, with a question that is built once for each table.

For the few that every answer asks for. Building a question anew, for a table of sixty columns, takes Django longer
than the database needs to answer it. The fields say what stands in their columns and how it is read, as ever;
signals of a model are not sent, and nobody here listens to any.
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

Row = TypeVar("Row", bound=Model)


def find(model: type[Row], *, is_locked: bool = False, **equal: Any) -> Row | None:
    """The one row whose columns equal these values; held until the transaction ends if it is locked."""
    asked = _finding(model, tuple(equal), is_locked and connection.features.has_select_for_update)
    with connection.cursor() as cursor:
        cursor.execute(asked, list(equal.values()))
        found = cursor.fetchone()
    if found is None:
        return None
    values = list(found)
    for place, column, converters in _converters(model):
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, [field.attname for field in model._meta.concrete_fields], values)


def insert(row: Model, *, unless: str = "") -> bool:
    """Write a new row, which then has its key; False where one of the same ``unless``, a unique field, is there."""
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in _written(type(row))]
    with connection.cursor() as cursor:
        cursor.execute(_inserting(type(row), unless), values)
        written = cursor.fetchone()
    if written is None:
        return False
    row.pk = written[0]
    row._state.adding, row._state.db = False, connection.alias
    return True


@cache
def _finding(model: type[Model], columns: tuple[str, ...], is_locked: bool) -> str:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in model._meta.concrete_fields)
    equal = " AND ".join(f"{quoted(column)} = %s" for column in columns)
    held = " FOR UPDATE" if is_locked else ""
    return f"SELECT {names} FROM {quoted(model._meta.db_table)} WHERE {equal}{held}"  # noqa: S608


@cache
def _inserting(model: type[Model], unless: str) -> str:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in _written(model))
    marks = ", ".join(["%s"] * len(_written(model)))
    conflict = f" ON CONFLICT ({quoted(unless)}) DO NOTHING" if unless else ""
    return f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({marks}){conflict} RETURNING id"  # noqa: S608


@cache
def _written(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _converters(model: type[Model]) -> list[tuple[int, Any, list[Any]]]:
    """Where a column is read in another shape than the database gives it, as Django's own compiler does it."""
    found = []
    for place, field in enumerate(model._meta.concrete_fields):
        column = field.get_col(model._meta.db_table)
        converters = [
            *connection.ops.get_db_converters(column),
            *column.get_db_converters(connection),
        ]
        if converters:
            found.append((place, column, converters))
    return found
