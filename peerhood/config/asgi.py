"""One port, one process: the rooms' streams as ASGI, every page as WSGI in a thread pool."""

import asyncio
import logging
import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerhood.config.settings")

from a2wsgi import WSGIMiddleware

# This import sets Django up, so it comes before whatever has models.
from django.db import Error, connection

from peerhood.config.wsgi import application as pages
from peerhood.people.own_data import erasing
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
            await asyncio.to_thread(_erase_again)
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return


def _erase_again() -> None:
    """Before the first page: a database that was restored from a backup must not show whom it had forgotten."""
    try:
        erasing.reapply()
    except Error:
        # A database that does not answer, or has no tables yet, is told of at /healthz.
        logging.getLogger(__name__).exception("The ledger of erasures could not be applied.")
    finally:
        connection.close()
