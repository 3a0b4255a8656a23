"""Who is listening in this process, and how they hear that a room has changed.

A stream waits on its room's Line. Pages run in threads and call ``publish`` from there;
with Redis the word also goes to every other process. It says only which version the room
has: the state is in the database, and so is the last word. Every two seconds the hub
asks it, in one query for all rooms that anybody here listens to, and so hears what
another process did, and what Redis lost. A stream holds no database connection.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import redis
import redis.asyncio
import redis.retry
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection
from django.utils.timezone import now
from redis.backoff import NoBackoff

from peerhood.rooms.models import Room

logger = logging.getLogger(__name__)

LOOK_EVERY = 2.0
BEAT_EVERY = 15.0
TOPIC = "peerhood/rooms"
REDIS_PATIENCE = 0.5


@dataclass(frozen=True)
class Word:
    """What is said of a room: its version, and whether it has ended with it."""

    version: int
    ended: bool = False


class Line:
    """What the streams of one room wait on."""

    def __init__(self, version: int) -> None:
        self.last = Word(version)
        self.changed = asyncio.Event()
        self.listener_count = 0

    def say(self, word: Word) -> None:
        """Move on, never back: words may come twice and out of order."""
        if word.version > self.last.version or word.ended:
            self.last = word
            self.changed.set()
            self.changed = asyncio.Event()


class Hub:
    """The lines of one event loop. Only that loop touches them."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.lines: dict[int, Line] = {}
        # Sessions under which streams were opened, and who waits for their end.
        self.sessions: dict[str, set[asyncio.Future]] = {}
        self.tasks: list[asyncio.Task] = []
        self.look_now = asyncio.Event()
        # One thread, so that looking takes one connection to the database and no more.
        self.looker = ThreadPoolExecutor(1, "rooms-hub")

    async def versions(self, room: int, seen: int) -> AsyncGenerator[int]:
        """Yield the room's version when it grows and every BEAT_EVERY seconds; stop when the room ends."""
        line = self._pick_up(room, seen)
        try:
            while not line.last.ended:
                if line.last.version == seen:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(line.changed.wait(), BEAT_EVERY)
                seen = line.last.version
                yield seen
        finally:
            self._hang_up(room, line)

    def _pick_up(self, room: int, seen: int) -> Line:
        if room not in self.lines:
            self.lines[room] = Line(seen)
            # It may have changed between the caller's reading and this line.
            self.look_now.set()
        line = self.lines[room]
        line.say(Word(seen))
        line.listener_count += 1
        if not self.tasks:
            self._run(self._look())
            if settings.REDIS_URL:
                self._run(self._listen())
        return line

    async def end_of(self, session_key: str) -> None:
        """Wait until this session has ended: its owner signed out, here or from elsewhere."""
        end = self.loop.create_future()
        self.sessions.setdefault(session_key, set()).add(end)
        try:
            await end
        finally:
            if waiting := self.sessions.get(session_key):
                waiting.discard(end)
            if not waiting:
                self.sessions.pop(session_key, None)

    def _run(self, work: Coroutine) -> None:
        self.tasks.append(self.loop.create_task(work))

    def _hang_up(self, room: int, line: Line) -> None:
        line.listener_count -= 1
        if not line.listener_count and self.lines.get(room) is line:
            del self.lines[room]
        if not self.lines:
            for task in self.tasks:
                task.cancel()
            self.tasks.clear()

    def hear(self, room: int, word: Word) -> None:
        if line := self.lines.get(room):
            line.say(word)
            if word.ended:
                # The next to come finds a new line: undo may open the room again.
                del self.lines[room]

    async def _look(self) -> None:
        """Ask the database what this process may have missed."""
        while True:
            self.look_now.clear()
            asked, sessions = list(self.lines), list(self.sessions)
            try:
                found = await self.loop.run_in_executor(self.looker, _words_about, asked)
                alive = await self.loop.run_in_executor(self.looker, live_sessions, sessions)
            except Exception:
                logger.exception("The rooms' versions could not be read; trying again.")
            else:
                for room in asked:
                    # A room that is not there any more has ended.
                    self.hear(room, found.get(room, Word(0, ended=True)))
                for key in sessions:
                    if key not in alive:
                        self._say_ended(key)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.look_now.wait(), LOOK_EVERY)

    def _say_ended(self, session_key: str) -> None:
        for end in self.sessions.pop(session_key, ()):
            if not end.done():
                end.set_result(None)

    async def _listen(self) -> None:
        """Hear other processes through Redis; while it is away, looking is enough."""
        while True:
            try:
                client = redis.asyncio.from_url(settings.REDIS_URL, health_check_interval=BEAT_EVERY)
                async with client, client.pubsub(ignore_subscribe_messages=True) as words:
                    await words.subscribe(TOPIC)
                    async for word in words.listen():
                        room, version, ended = map(int, word["data"].split())
                        self.hear(room, Word(version, bool(ended)))
            except (redis.RedisError, OSError):
                await asyncio.sleep(LOOK_EVERY)


_hub: Hub | None = None


def versions(room: int, seen: int) -> AsyncGenerator[int]:
    """Follow a room from the version already seen. Call it on the event loop that serves streams."""
    return _own_hub().versions(room, seen)


async def end_of(session_key: str) -> None:
    """Wait until a session has ended, within seconds. A stream that was opened under it must not outlive it."""
    await _own_hub().end_of(session_key)


def _own_hub() -> Hub:
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub


def publish(room: int, version: int, *, ended: bool = False) -> None:
    """Say that the room has a new version, or has ended. From any thread; never fails, never waits."""
    if _hub is not None:
        with suppress(RuntimeError):  # the loop has closed: nobody listens any more
            _hub.loop.call_soon_threadsafe(_hub.hear, room, Word(version, ended))
    if settings.REDIS_URL:
        _speaker.submit(_tell_others, f"{room} {version} {int(ended)}")


# One thread that speaks to Redis: a Redis that hangs must not make a facilitator wait.
_speaker = ThreadPoolExecutor(1, "rooms-speaker")


def _tell_others(word: str) -> None:
    try:
        _redis().publish(TOPIC, word)
    except redis.RedisError:
        logger.warning("Redis did not take the word; other processes see the change within seconds.")


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=REDIS_PATIENCE,
        socket_connect_timeout=REDIS_PATIENCE,
        retry=redis.retry.Retry(NoBackoff(), 0),
    )


def live_sessions(keys: list[str]) -> set[str]:
    """Those of the sessions that have not ended."""
    alive: set[str] = set()
    # In parts: a database has a most of what one question may name.
    for start in range(0, len(keys), 500):
        found = Session.objects.filter(pk__in=keys[start : start + 500], expire_date__gt=now())
        alive.update(found.values_list("pk", flat=True))
    return alive


def _words_about(rooms: list[int]) -> dict[int, Word]:
    close_old_connections()
    try:
        asked = Room.objects.filter(pk__in=rooms).values_list("pk", "version", "closed_at")
        return {room: Word(version, closed_at is not None) for room, version, closed_at in asked}
    except Exception:
        connection.close()
        raise
