"""The task queue: where there is no Redis a file of its own, which is not forced to disk with every task.

A power cut may lose the latest tasks, as it may with Redis. Each of them is a shortcut: what it was for stands in the
database, and a run of the worker finds it there within minutes. The file itself stays whole. For the same reason
nobody who asked for a page waits until Redis takes a task: while it is away, none is put in.
"""

import logging
from sqlite3 import Connection
from typing import Any

from huey import RedisHuey, SqliteHuey
from huey.storage import SqliteStorage
from redis import ConnectionPool

from peerhood.platform.shared_cache import AWAY, CONNECTING, link

logger = logging.getLogger(__name__)


class TaskFile(SqliteStorage):
    def _create_connection(self) -> Connection:
        connection = super()._create_connection()
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


class TaskQueue(SqliteHuey):
    storage_class = TaskFile


class RedisQueue(RedisHuey):
    def __init__(self, name: str, *, url: str, **of: Any) -> None:
        # Not blocking: a worker that waits in Redis for a task would wait longer than a connection may.
        pool = ConnectionPool.from_url(url, **CONNECTING)
        super().__init__(name, connection_pool=pool, blocking=False, **of)

    def enqueue(self, task: Any) -> Any:
        if link.is_up():
            try:
                return super().enqueue(task)
            except AWAY as error:
                link.lose(error)
        logger.warning("%s is left to the worker’s next round.", task.name)
        return None
