"""The hub by itself: words from threads, from Redis, and from nowhere but the database."""

import asyncio
import os
import threading
import time

import pytest
import redis

from peerhood.rooms import hub, wire
from peerhood.rooms.models import Room

PATIENCE = 60


@pytest.fixture
def follow(monkeypatch):
    """Follow a room on a loop of one's own and do something once it is followed: what is heard afterwards."""

    def heard(room, act, count):
        async def listen():
            told = []
            async for version in hub.versions(room.pk, room.version):
                told.append(version)
                if len(told) == count:
                    break
            return told

        async def together():
            listening = asyncio.create_task(listen())
            while not (hub._hub and room.pk in hub._hub.lines):
                await asyncio.sleep(0.01)
            await asyncio.to_thread(act)
            return await asyncio.wait_for(listening, PATIENCE)

        return asyncio.run(together())

    # What the database says is of no concern unless a test is about it.
    monkeypatch.setattr(hub, "_words_about", lambda rooms: {room: hub.Word(0) for room in rooms})
    yield heard
    hub._hub = None


@pytest.fixture
def room():
    return Room(pk=7, version=3)


def test_a_word_from_any_thread_reaches_the_loop(follow, room):
    assert follow(room, lambda: hub.publish(7, 4), 1) == [4]


def test_words_that_come_twice_or_late_are_not_heard_again(follow, room):
    def speak():
        for version in (5, 5, 4, 6):
            hub.publish(7, version)
            time.sleep(0.05)

    assert follow(room, speak, 2) == [5, 6]


def test_the_last_version_is_told_before_the_room_ends(follow, room):
    assert follow(room, lambda: hub.publish(7, 4, ended=True), 99) == [4]


def test_a_room_that_nobody_follows_costs_nothing(follow, room):
    follow(room, lambda: hub.publish(7, 4), 1)
    assert (hub._hub.lines, hub._hub.tasks) == ({}, [])


def test_silence_is_broken_by_a_beat_that_repeats_the_version(follow, room, monkeypatch):
    monkeypatch.setattr(hub, "BEAT_EVERY", 0.05)
    assert follow(room, lambda: None, 3) == [3, 3, 3]


def test_what_only_the_database_knows_is_heard_too(follow, room, monkeypatch):
    monkeypatch.setattr(hub, "LOOK_EVERY", 0.05)
    known = {7: hub.Word(3)}
    monkeypatch.setattr(hub, "_words_about", lambda rooms: known)
    assert follow(room, lambda: known.update({7: hub.Word(8)}), 1) == [8]


def test_a_database_that_fails_is_asked_again(follow, room, monkeypatch, caplog):
    monkeypatch.setattr(hub, "LOOK_EVERY", 0.05)
    answers = iter([OSError("away"), {7: hub.Word(9)}])

    def words(rooms):
        answer = next(answers, {7: hub.Word(9)})
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(hub, "_words_about", words)
    assert follow(room, lambda: None, 1) == [9]
    assert "trying again" in caplog.text


def test_a_word_from_another_process_comes_through_redis(follow, room, settings):
    settings.REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
    elsewhere = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2)
    try:
        elsewhere.ping()
    except redis.RedisError:
        pytest.skip("Redis")

    def speak():
        # Published words wait for nobody: say it until the subscription stands.
        until = time.monotonic() + PATIENCE
        while not elsewhere.publish(wire.topic(), "7 4 0") and time.monotonic() < until:
            time.sleep(0.02)

    assert follow(room, speak, 1) == [4]
    elsewhere.close()


def test_without_its_redis_a_process_still_tells_its_own_and_does_not_wait(follow, room, settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    wire._redis.cache_clear()
    assert follow(room, lambda: hub.publish(7, 4), 1) == [4]
    wire.speaker.submit(threading.Event).result(PATIENCE)
    assert "Redis did not take the word" in caplog.text
    wire._redis.cache_clear()
