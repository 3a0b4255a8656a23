"""One port, one process: the rooms' streams as ASGI, every page as WSGI in a thread pool."""

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")

from a2wsgi import WSGIMiddleware

# This import sets Django up, so it comes before whatever has models.
from peerhood.config.wsgi import application as pages
from peerhood.rooms import streams

PAGE_THREADS = 8

pages_beside = WSGIMiddleware(cast(Any, pages), workers=PAGE_THREADS)


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    if streams.are_for(scope):
        return await streams.application(scope, receive, send)
    return await pages_beside(scope, receive, send)


async def _lifespan(receive, send):
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return
