"""Fleeting mails: to somebody who has not said yes to anything here, or is here no longer; nothing of them is kept.

Its row stays, to say that a mail of this kind went out or was given up, and when; to whom
and what it said are written over. SQLite overwrites what is deleted (``secure_delete`` in
the settings), but its write-ahead log holds older pages until it is emptied.
"""

from django.db import connection

from peerhood.notices.models import Mail

WORDS = ("address", "subject", "text", "leave", "reply_to", "calendar", "calendar_method", "thread")


def forget(mail: Mail) -> list[str]:
    """Empty a fleeting mail; whoever calls saves the fields that are returned."""
    if not mail.is_fleeting:
        return []
    for name in WORDS:
        setattr(mail, name, "")
    mail.person, mail.key = None, None
    return [*WORDS, "person", "key"]


def leave_no_trace() -> None:
    """Empty SQLite's log. While somebody reads, a part of it stays until the next time."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
