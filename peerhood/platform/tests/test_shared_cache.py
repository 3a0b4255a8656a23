"""A Redis that is down or hangs: what was counted goes on being counted, and nobody waits twice."""

import socket
import threading

import pytest
import redis
from django.core.cache.backends.redis import RedisCache

from peerhood.platform import shared_cache
from peerhood.platform.shared_cache import SharedCache

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _well_again():
    yield
    shared_cache.link.rests_until = 0.0


@pytest.fixture
def hanging():
    """Takes every connection and answers none: its address, and who came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        came = []

        def take():
            while True:
                try:
                    came.append(server.accept()[0])
                except OSError:
                    return

        taking = threading.Thread(target=take, daemon=True)
        taking.start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0", came
        server.shutdown(socket.SHUT_RDWR)
        taking.join(10)
    for connection in came:
        connection.close()


def test_without_redis_this_process_counts_by_itself():
    cache = SharedCache(NOWHERE, {})
    assert cache.add("wrong", 0, 60) is True
    cache.incr("wrong")
    assert cache.get_many(["wrong", "right"]) == {"wrong": 1}
    with pytest.raises(ValueError):
        cache.incr("right")


def test_control_djangos_own_cache_fails_with_its_redis():
    with pytest.raises(redis.RedisError):
        RedisCache(NOWHERE, {}).get("wrong")


def test_whoever_finds_it_hanging_waits_once_for_all(hanging):
    url, came = hanging
    first, second = SharedCache(url, {}), SharedCache(url, {})
    assert first.get("kept", "none") == "none"
    asked_count = len(came)
    assert asked_count > 0
    assert (first.get("kept"), second.get("kept")) == (None, None)
    assert len(came) == asked_count
    # Control: when the rest is over, it is asked again.
    shared_cache.link.rests_until = 0.0
    second.get("kept")
    assert len(came) > asked_count
