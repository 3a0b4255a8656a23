"""Version stamps: one number per thing the public reads.

An act that changes what everybody sees bumps the stamp as the last line of its
transaction; whoever kept a rendered page compares the number and knows whether
it still holds. The row lock puts commits in order, which a largest-time-so-far
would not: a slow transaction could otherwise land behind a stamp already read.
"""

from django.db import connection

from peerhood.platform.models import Stamp

TABLE = Stamp._meta.db_table
# Every act bumps and every visitor's page asks: building the query would cost ten times what the answer does.
BUMP = f"""
INSERT INTO {TABLE} (name, number) VALUES %s
ON CONFLICT (name) DO UPDATE SET number = {TABLE}.number + 1"""  # noqa: S608


def bump(*names: str) -> None:
    """Say that what the names cover has changed. Call inside the act's transaction, last."""
    # In one order everywhere, so that two acts cannot wait for each other.
    ordered = sorted(set(names))
    with connection.cursor() as cursor:
        cursor.execute(BUMP % ", ".join(["(%s, 1)"] * len(ordered)), ordered)


def current(*names: str) -> int:
    """The numbers' sum, which grows when any of them does; 0 when nothing was ever bumped. One query."""
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(number) FROM {TABLE} WHERE name IN ({marks})", names)  # noqa: S608
        return int(cursor.fetchone()[0] or 0)
