"""The stream of a room, as bare ASGI: it says "changed" and the version, and ends when the room does.

It needs no session and no person; one that was opened by somebody signed in ends with their session, and
with their place in the circle (``ends``). So it passes by Django's request handling, which would keep a
thread for every phone in the room: measured 40 instead of 320 KB a stream, and 3 instead of 16 ms to
connect, which is what counts when a whole room comes back at once. Then, too, a code is looked up once a
second, and only the room's version once a phone. A thread of the pool does it and gives way to the next; the stream itself
holds no database connection.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from copy import copy
from random import randint
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http import parse_cookie

from peerhood.platform.refusals import Refusal
from peerhood.rooms import ends, hub, presence
from peerhood.rooms.models import Room

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = re.compile(r"/r/([-\w]+)/stream/")
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

LATELY = 1.0  # seconds

_door = ThreadPoolExecutor(2, "rooms-door")


def are_for(scope: Scope) -> bool:
    return scope["type"] == "http" and PATH.fullmatch(scope["path"]) is not None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Let a phone listen. To an EventSource, any answer but 200 means: do not come back."""
    status, room, owner = await asyncio.get_running_loop().run_in_executor(_door, _find, scope)
    await send({"type": "http.response.start", "status": status, "headers": HEADERS})
    if room is None:
        await send({"type": "http.response.body"})
        return
    gone, told = asyncio.ensure_future(_gone(receive)), asyncio.ensure_future(_tell(room, send))
    not_theirs = asyncio.ensure_future(_not_theirs(owner))
    waits = [gone, told, not_theirs]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        if told.done():
            told.result()
        is_cut = not_theirs.done() and not told.done() and not gone.done()
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
    if is_cut:
        # The screen looks anew, as whoever holds it is now.
        await send({"type": "http.response.body", "body": b"event: signed-out\ndata: 1\n\n"})


def _find(scope: Scope) -> tuple[int, Room | None, ends.Owner | None]:
    code = PATH.fullmatch(scope["path"])[1]  # type: ignore[index]
    cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    address = (scope.get("client") or ("",))[0]
    close_old_connections()
    token, known = cookies.get(presence.COOKIE, ""), _found_lately(code)
    try:
        room = presence.find(code, address=address, token=token, known=known)
    except Room.DoesNotExist:
        return 404, None, None
    except Refusal:
        return 429, None, None
    if not room.is_open():
        return 204, None, None
    if not known:
        _found[code] = time.monotonic(), room
    owner = ends.owner_of(room, cookies.get(settings.SESSION_COOKIE_NAME, ""))
    if owner and ends.ended([owner]):
        return 403, None, None
    return 200, room, owner


# Rooms found open by their code, and when.
_found: dict[str, tuple[float, Room]] = {}


def _found_lately(code: str) -> Room | None:
    """The room of a code that was looked up a moment ago, as it stands now: half of what looking it up anew takes."""
    at, found = _found.get(code, (0.0, None))
    if found is None or time.monotonic() - at > LATELY:
        return None
    for version in Room.objects.filter(pk=found.pk, closed_at=None).values_list("version", flat=True):
        room = copy(found)
        room.version = version
        return room
    return None


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _not_theirs(owner: ends.Owner | None) -> None:
    if owner:
        await hub.end_of(owner)
    else:
        await asyncio.Event().wait()


async def _tell(room: Room, send: Send) -> None:
    # After a restart the phones come back one after the other, not all at once.
    await _say(send, f"retry: {randint(500, 2500)}\n{_changed(room.version)}")
    async with aclosing(hub.versions(room.pk, room.version)) as versions:
        async for version in versions:
            await _say(send, _changed(version))
    await send({"type": "http.response.body"})


async def _say(send: Send, words: str) -> None:
    await send({"type": "http.response.body", "body": words.encode(), "more_body": True})


def _changed(version: int) -> str:
    return f"event: changed\ndata: {version}\n\n"
