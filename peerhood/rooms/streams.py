"""The stream of a room, as bare ASGI: it says "changed" and the version, and ends when the room does.

It needs no session and no person; one that was opened by somebody signed in ends with their
session. So it passes by Django's request handling, which would
keep a thread for every phone in the room: measured 40 instead of 320 KB a stream, and 3
instead of 16 ms to connect, which is what counts when a whole room comes back at once.
A thread of the pool looks up the code and gives way to the next; the stream itself
holds no database connection.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from random import randint
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http import parse_cookie

from peerhood.platform.refusals import Refusal
from peerhood.rooms import hub, presence
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

_door = ThreadPoolExecutor(2, "rooms-door")


def are_for(scope: Scope) -> bool:
    return scope["type"] == "http" and PATH.fullmatch(scope["path"]) is not None


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Let a phone listen. To an EventSource, any answer but 200 means: do not come back."""
    status, room, session_key = await asyncio.get_running_loop().run_in_executor(_door, _find, scope)
    await send({"type": "http.response.start", "status": status, "headers": HEADERS})
    if room is None:
        await send({"type": "http.response.body"})
        return
    gone, told = asyncio.ensure_future(_gone(receive)), asyncio.ensure_future(_tell(room, send))
    signed_out = asyncio.ensure_future(_signed_out(session_key))
    waits = [gone, told, signed_out]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        if told.done():
            told.result()
        is_cut = signed_out.done() and not told.done() and not gone.done()
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
    if is_cut:
        # The screen looks anew, as a visitor.
        await send({"type": "http.response.body", "body": b"event: signed-out\ndata: 1\n\n"})


def _find(scope: Scope) -> tuple[int, Room | None, str]:
    code = PATH.fullmatch(scope["path"])[1]  # type: ignore[index]
    cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    address = (scope.get("client") or ("",))[0]
    close_old_connections()
    try:
        room = presence.find(code, address=address, token=cookies.get(presence.COOKIE, ""))
    except Room.DoesNotExist:
        return 404, None, ""
    except Refusal:
        return 429, None, ""
    if not room.is_open():
        return 204, None, ""
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return 200, room, key if key and hub.live_sessions([key]) else ""


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _signed_out(session_key: str) -> None:
    if session_key:
        await hub.end_of(session_key)
    else:
        await asyncio.Event().wait()


async def _tell(room: Room, send: Send) -> None:
    # After a restart the phones come back one after the other, not all at once.
    await _say(send, f"retry: {randint(1000, 4000)}\n{_changed(room.version)}")
    async with aclosing(hub.versions(room.pk, room.version)) as versions:
        async for version in versions:
            await _say(send, _changed(version))
    await send({"type": "http.response.body"})


async def _say(send: Send, words: str) -> None:
    await send({"type": "http.response.body", "body": words.encode(), "more_body": True})


def _changed(version: int) -> str:
    return f"event: changed\ndata: {version}\n\n"
