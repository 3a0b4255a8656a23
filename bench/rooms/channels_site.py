"""The yardstick: a group of Django Channels, as its documentation builds one.

Each phone is a consumer that joins the group and passes on what it hears; a POST sends to the group.
``CHANNELS_REDIS`` names a Redis for the layer, without which it is in the memory of the process.
"""

import os

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer
from channels.generic.http import AsyncHttpConsumer
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from django.conf import settings
from django.urls import path

GROUP = "room"

redis = os.environ.get("CHANNELS_REDIS")
settings.configure(
    SECRET_KEY="bench",
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [redis], "prefix": f"bench-{os.getppid()}"},
        }
        if redis
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    },
)


class Stream(AsyncConsumer):
    """Not the HTTP consumer, which ends with its request; this one goes on until the phone hangs up."""

    async def http_request(self, message):
        headers = [(b"content-type", b"text/event-stream")]
        await self.send({"type": "http.response.start", "status": 200, "headers": headers})
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.say(0)

    async def changed(self, message):
        await self.say(message["version"])

    async def say(self, version):
        words = f"event: changed\ndata: {version}\n\n".encode()
        await self.send({"type": "http.response.body", "body": words, "more_body": True})

    async def http_disconnect(self, message):
        await self.channel_layer.group_discard(GROUP, self.channel_name)
        raise StopConsumer


class Press(AsyncHttpConsumer):
    async def handle(self, body):
        version = int(body)
        await get_channel_layer().group_send(GROUP, {"type": "changed", "version": version})
        await self.send_response(200, b"", headers=[(b"Room-Version", str(version).encode())])


class Alive(AsyncHttpConsumer):
    async def handle(self, body):
        await self.send_response(200, b"")


application = URLRouter(
    [path("stream/", Stream.as_asgi()), path("press/", Press.as_asgi()), path("healthz", Alive.as_asgi())]
)
