"""The task queue: what was put in is there after a kill -9, it never waits for the disk, and nobody waits for Redis."""

import os
import signal
import subprocess
import sys

import pytest
import redis
from huey import RedisHuey

from peerhood.config.task_queue import RedisQueue, TaskQueue
from peerhood.platform.shared_cache import link
from tests.conftest import ROOT

PUT_IN_AND_DIE = """
import os, signal, sys
from peerhood.config.task_queue import TaskQueue
queue = TaskQueue(filename=sys.argv[1])
for number in range(20):
    queue.storage.enqueue(str(number).encode())
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_put_in_is_there_after_a_kill(tmp_path):
    file = str(tmp_path / "tasks.sqlite3")
    killed = subprocess.run(
        [sys.executable, "-c", PUT_IN_AND_DIE, file], cwd=ROOT, env=os.environ, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    storage = TaskQueue(filename=file).storage
    assert [storage.dequeue() for _ in range(20)] == [str(number).encode() for number in range(20)]
    assert storage.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_it_does_not_wait_for_the_disk(tmp_path):
    connection = TaskQueue(filename=str(tmp_path / "tasks.sqlite3")).storage.conn
    # 1 is NORMAL: written ahead, and whole after a power cut; 2 would wait for the disk with each task.
    assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


NOWHERE = "redis://127.0.0.1:1/0"


def put_in(queue):
    """Have the queue take a task, as an act does after its commit."""
    return queue.task()(lambda: None)()


def test_a_task_that_redis_does_not_take_is_left_to_the_workers_next_round():
    try:
        assert put_in(RedisQueue("peerhood", url=NOWHERE, results=False)) is None
    finally:
        link.rests_until = 0.0


def test_control_the_plain_queue_fails_whoever_pressed_the_button():
    with pytest.raises(redis.RedisError):
        put_in(RedisHuey("peerhood", url=NOWHERE, results=False))
