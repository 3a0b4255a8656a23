"""The task queue where there is no Redis: a file of its own, which is not forced to disk with every task.

A power cut may lose the latest tasks, as it may with Redis. Each of them is a shortcut: what it was for stands in the
database, and a run of the worker finds it there within minutes. The file itself stays whole.
"""

from sqlite3 import Connection

from huey import SqliteHuey
from huey.storage import SqliteStorage


class TaskFile(SqliteStorage):
    def _create_connection(self) -> Connection:
        connection = super()._create_connection()
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


class TaskQueue(SqliteHuey):
    storage_class = TaskFile
