"""Presence: whoever has erased their account does nothing here any more, and nothing is written to them.

A form may be on its way while its owner is erased from another device. An act asks here, in its
transaction: then either it is finished before the erasure begins, which takes what it wrote, or
it finds that its owner is gone. ``journal.record`` asks for every act that says who did it.
"""

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _

from peerhood.platform.refusals import Refusal


class Gone(Refusal):
    """Whoever wanted to do this was erased meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This account was erased. Nothing was changed."))


def hold(person: Model) -> None:
    """Keep an erasure of this person waiting until the transaction ends; refuse if it has been."""
    if not is_here(person):
        raise Gone


def is_here(person: Model) -> bool:
    """Is the person still here? Until the transaction ends, the answer stays true."""
    table = connection.ops.quote_name(person._meta.db_table)
    asked = f"SELECT 1 FROM {table} WHERE id = %s AND erased_at IS NULL"  # noqa: S608
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        # The weakest lock there is: it stands in nobody's way but an erasure's. SQLite's writers wait anyway.
        asked += " FOR KEY SHARE"
    with connection.cursor() as cursor:
        cursor.execute(asked, [person.pk])
        return cursor.fetchone() is not None
