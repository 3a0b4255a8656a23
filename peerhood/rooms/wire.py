"""The wire between web processes: a word about a room goes through Redis to all of this site.

Redis may be down, slow or hang. Nobody who pressed a button waits for it, and whoever listens notices its
silence; words that get lost meanwhile are found by asking the database (``hub``).
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import redis
import redis.asyncio
import redis.asyncio.retry
import redis.retry
from django.conf import settings
from redis.backoff import NoBackoff

logger = logging.getLogger(__name__)

PATIENCE = 0.5
# How soon a Redis that hangs is noticed by whoever listens to it.
PING_EVERY = 5.0
COME_BACK_AFTER = 2.0

# One thread that speaks to Redis: a Redis that hangs must not make a facilitator wait.
speaker = ThreadPoolExecutor(1, "rooms-speaker")


@cache
def topic() -> str:
    """Where this site's processes speak: Redis passes words on to all its databases, so another site's has its own."""
    return f"peerhood/rooms/{hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:16]}"


def tell(room: int, version: int, ended: bool) -> None:
    """Say it to the other processes. Never fails, never waits."""
    speaker.submit(_tell, f"{room} {version} {int(ended)}")


def _tell(word: str) -> None:
    try:
        _redis().publish(topic(), word)
    except redis.RedisError:
        logger.warning("Redis did not take the word; other processes see the change within seconds.")


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=redis.retry.Retry(NoBackoff(), 0),
    )


async def listen(hear: Callable[[int, int, bool], None]) -> None:
    """Hear what other processes say (room, version, whether it has ended), for as long as there is anybody to tell."""
    while True:
        try:
            client = redis.asyncio.from_url(
                settings.REDIS_URL,
                socket_timeout=PATIENCE,
                socket_connect_timeout=PATIENCE,
                retry=redis.asyncio.retry.Retry(NoBackoff(), 0),
            )
            async with client, client.pubsub() as words:
                async with asyncio.timeout(PATIENCE * 4):
                    await words.subscribe(topic())
                await _hear_all(words, hear)
        except (redis.RedisError, OSError):
            await asyncio.sleep(COME_BACK_AFTER)


async def _hear_all(words: redis.asyncio.client.PubSub, hear: Callable[[int, int, bool], None]) -> None:
    """Until it is so long silent that nobody can be there any more."""
    is_asked = False
    while True:
        said = await words.get_message(timeout=PING_EVERY)
        if said is None:
            if is_asked:
                raise TimeoutError
            await words.ping()
        elif said["type"] == "message":
            room, version, ended = map(int, said["data"].split())
            hear(room, version, bool(ended))
        is_asked = said is None
