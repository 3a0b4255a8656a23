"""Writing many rows at once."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
BATCH = 500


def plant(rows: Iterable[Row]) -> list[Row]:
    """Insert the rows, all of one model, and give each its key."""
    rows = list(rows)
    if not rows:
        return rows
    # SQLite before 3.35 cannot say which keys a bulk insert gave; later stages need them.
    if not connection.features.can_return_rows_from_bulk_insert:
        for row in rows:
            row.save(force_insert=True)
        return rows
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def pour(model: type[Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert thousands of rows of numbers; every other field gets its default.

    Nine in ten rows of the demo are seats and encounters. Without a model instance for
    each, they take a tenth of the time.
    """
    known = {f.name: f for f in model._meta.concrete_fields}
    given = [known[name] for name in fields]
    others = [f for f in known.values() if f.name not in fields and not f.primary_key]
    defaults = [f.get_db_prep_save(f.get_default(), connection) for f in others]
    columns = ", ".join(connection.ops.quote_name(str(f.column)) for f in [*given, *others])
    places = ", ".join(["%s"] * (len(given) + len(others)))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        # Names come from the models, values go as parameters.
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
        cursor.executemany(statement, [(*row, *defaults) for row in rows])
