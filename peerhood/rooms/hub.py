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

from django.conf import settings
from django.db import close_old_connections, connection

from peerhood.rooms import ends, wire
from peerhood.rooms.models import Room

logger = logging.getLogger(__name__)

LOOK_EVERY = 2.0
BEAT_EVERY = 15.0


@dataclass(frozen=True)
class Word:
    """What is said of a room: its version, and whether it has ended with it."""

    version: int
    ended: bool = False


class Line:
    """What the streams of one room wait on. It beats for all of them at once: a timer for each would cost
    more than the word itself does (half of what a change costs with a thousand phones)."""

    def __init__(self, version: int) -> None:
        self.last = Word(version)
        self.changed = asyncio.Event()
        self.listener_count = 0
        self._wake_later()

    def say(self, word: Word) -> None:
        """Move on, never back: words may come twice and out of order."""
        if word.version > self.last.version or word.ended:
            self.last = word
            self.wake()

    def wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()
        self.beat.cancel()
        self._wake_later()

    def _wake_later(self) -> None:
        self.beat = asyncio.get_running_loop().call_later(BEAT_EVERY, self.wake)

    def close(self) -> None:
        self.beat.cancel()


class Hub:
    """The lines of one event loop. Only that loop touches them."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.lines: dict[int, Line] = {}
        # Who opened streams while signed in, and what waits for their end.
        self.owners: dict[ends.Owner, set[asyncio.Future]] = {}
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
                    await line.changed.wait()
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
                self._run(wire.listen(self._hear_from_afar))
        return line

    async def end_of(self, owner: ends.Owner) -> None:
        """Wait until this owner may not listen any more: signed out, or taken off the circle's list."""
        end = self.loop.create_future()
        self.owners.setdefault(owner, set()).add(end)
        try:
            await end
        finally:
            if waiting := self.owners.get(owner):
                waiting.discard(end)
            if not waiting:
                self.owners.pop(owner, None)

    def _run(self, work: Coroutine) -> None:
        self.tasks.append(self.loop.create_task(work))

    def _hang_up(self, room: int, line: Line) -> None:
        line.listener_count -= 1
        if not line.listener_count:
            line.close()
            if self.lines.get(room) is line:
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
            asked, owners = list(self.lines), list(self.owners)
            try:
                found = await self.loop.run_in_executor(self.looker, _words_about, asked)
                ended = await self.loop.run_in_executor(self.looker, ends.ended, owners)
            except Exception:
                logger.exception("The rooms' versions could not be read; trying again.")
            else:
                for room in asked:
                    # A room that is not there any more has ended.
                    self.hear(room, found.get(room, Word(0, ended=True)))
                for owner in ended:
                    self._say_ended(owner)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.look_now.wait(), LOOK_EVERY)

    def _hear_from_afar(self, room: int, version: int, ended: bool) -> None:
        self.hear(room, Word(version, ended))

    def _say_ended(self, owner: ends.Owner) -> None:
        for end in self.owners.pop(owner, ()):
            if not end.done():
                end.set_result(None)


_hub: Hub | None = None


def versions(room: int, seen: int) -> AsyncGenerator[int]:
    """Follow a room from the version already seen. Call it on the event loop that serves streams."""
    return _own_hub().versions(room, seen)


async def end_of(owner: ends.Owner) -> None:
    """Wait, seconds too long at most, until somebody may not listen any more. Their stream must not outlive it."""
    await _own_hub().end_of(owner)


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
        wire.tell(room, version, ended)


def _words_about(rooms: list[int]) -> dict[int, Word]:
    close_old_connections()
    try:
        asked = Room.objects.filter(pk__in=rooms).values_list("pk", "version", "closed_at")
        return {room: Word(version, closed_at is not None) for room, version, closed_at in asked}
    except Exception:
        connection.close()
        raise
