"""F4: Redis is down, slow, hangs or flaps. The site works, nobody waits, and every phone hears in the end."""

import os
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis

from peerhood.rooms.tests.server import Phone, Server
from tests.running.proxy import Proxy

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("rooms")]

MOODS = ("down", "slow", "hanging", "flapping")
# Seconds that nobody may wait longer than. The faults last for several of the cache's and the hub's rounds.
MOST = 2.0
LASTS = 8.0
# The twin: the same site as it would be with Django's own cache and the queue's own connection.
TWIN = "tests.running.twin_settings"


@pytest.fixture(scope="module")
def proxy():
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
    try:
        redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError:
        pytest.skip("Redis")
    parts = urlsplit(url)
    proxy = Proxy(parts.hostname, parts.port or 6379)
    proxy.url = urlunsplit(parts._replace(netloc=f"127.0.0.1:{proxy.port}"))
    yield proxy
    proxy.close()


@contextmanager
def site(proxy, home, **environment):
    proxy.become("up")
    served = Server(home, REDIS_URL=proxy.url, **environment)
    served.start()
    try:
        yield served
    finally:
        proxy.become("down")
        served.stop()


@pytest.fixture(scope="module")
def served(proxy, tmp_path_factory):
    with site(proxy, tmp_path_factory.mktemp("faults")) as server:
        yield server


@contextmanager
def trouble(proxy, mood):
    """Redis is in this mood until the block ends, and well afterwards."""
    over = threading.Event()

    def flap():
        while not over.is_set():
            for each in ("down", "up", "hanging", "up", "slow", "up"):
                proxy.become(each)
                over.wait(0.4)

    flapping = threading.Thread(target=flap)
    if mood == "flapping":
        flapping.start()
    else:
        proxy.become(mood)
    yield
    over.set()
    if flapping.ident:
        flapping.join(10)
    proxy.become("up")


def waits(server, staged, version, lasts):
    """Press, and look at three pages, again and again: how long each took, and the version in the end."""
    until, took = time.monotonic() + lasts, []

    def timed(act):
        begun = time.monotonic()
        said = act()
        took.append(time.monotonic() - begun)
        return said

    while time.monotonic() < until:
        version = timed(lambda version=version: server.press(staged, "minute", version))
        for path in (f"/r/{staged['code']}/", "/gatherings/", f"/gatherings/{staged['gathering']}/room/"):
            assert timed(lambda path=path: server.get(path, staged["session"])) == 200, path
    return took, version


@pytest.mark.parametrize("mood", MOODS)
def test_nobody_waits_for_redis_and_every_phone_hears(served, proxy, mood):
    staged = served.stage("set")
    proxy.become("up")
    there = Phone(served, staged["code"])
    there.until(staged["version"])
    # What a busy machine takes while all is well is not Redis's fault.
    usual, version = waits(served, staged, staged["version"], 2)
    there.until(version)
    with trouble(proxy, mood):
        took, version = waits(served, staged, version, LASTS)
        print(f"{mood}: {max(took):.2f} s at most, {max(usual):.2f} s while all was well")
        assert max(took) < max(usual) + MOST, sorted(took)[-5:]
        there.until(version)
        # Whoever comes in only now, and what another process does, which could only be heard through Redis.
        late = Phone(served, staged["code"])
        assert late.status == 200
        version = served.stage("press", staged["room"], "add_minute")["version"]
        for phone in (there, late):
            assert phone.until(version)[-1] == version
    # And when it is well again, so is everything.
    version = served.press(staged, "minute", version)
    for phone in (there, late):
        assert phone.until(version)[-1] == version
        phone.hang_up()
    assert served.process.poll() is None


@pytest.mark.parametrize("mood", ["down", "hanging"])
def test_control_with_plain_connections_pages_break_or_wait(proxy, tmp_path, mood):
    with site(proxy, tmp_path, DJANGO_SETTINGS_MODULE=TWIN) as twin:
        staged = twin.stage("set")
        waits(twin, staged, staged["version"], 0.1)
        proxy.become(mood)
        begun = time.monotonic()
        status = twin.get(f"/r/{staged['code']}/", staged["session"])
        assert status == 500 or time.monotonic() - begun > MOST


def test_a_session_that_ended_while_redis_was_away_stays_ended(served, proxy):
    staged = served.stage("set")
    proxy.become("up")
    run = f"/gatherings/{staged['gathering']}/room/"
    assert served.get(run, staged["session"]) == 200
    with trouble(proxy, "down"):
        served.stage("sign_out", staged["session"])
    # Long enough for the cache to be asked again; a page that needs somebody signed in sends a visitor away.
    time.sleep(6)
    assert served.where(run, staged["session"]).startswith("/sign-in/")
