"""The cache that several web processes share: Redis while it answers, this process's own memory while it does not.

What is kept here can be made again, and what is counted (wrong codes, letters asked for) goes on
being counted by each process for itself. So nobody waits for a Redis that is down, slow or hangs:
whoever finds it so waits ``PATIENCE`` seconds, and for ``REST`` seconds after that nobody asks.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

PATIENCE = 0.2
REST = 5.0
# How a connection is made: no second try, because somebody is waiting.
CONNECTING: dict[str, Any] = {
    "socket_timeout": PATIENCE,
    "socket_connect_timeout": PATIENCE,
    "retry": Retry(NoBackoff(), 0),
}
AWAY = (RedisError, OSError)


class Link:
    """What this process knows of Redis: whether it is worth asking now."""

    def __init__(self) -> None:
        self.rests_until = 0.0

    def is_up(self) -> bool:
        return time.monotonic() >= self.rests_until

    def lose(self, error: Exception) -> None:
        if self.is_up():
            logger.warning("Redis does not answer (%s). Doing without it for %.0f s.", error, REST)
        self.rests_until = time.monotonic() + REST


link = Link()


def _either(name: str) -> Callable[..., Any]:
    asked = getattr(RedisCache, name)

    def ask(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        if link.is_up():
            try:
                return asked(self, *args, **kwargs)
            except AWAY as error:
                link.lose(error)
        return getattr(self.own, name)(*args, **kwargs)

    return ask


class SharedCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": CONNECTING})
        self.own = LocMemCache("while-redis-is-away", {"OPTIONS": {"MAX_ENTRIES": 5000}})

    add, get, set, touch, delete = map(_either, ("add", "get", "set", "touch", "delete"))
    get_many, set_many, delete_many = map(_either, ("get_many", "set_many", "delete_many"))
    has_key, incr, clear = map(_either, ("has_key", "incr", "clear"))
