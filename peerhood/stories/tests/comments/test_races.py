"""One comment, sent many times at the same moment, is said once. The control does it without the story's lock."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from peerhood.platform.refusals import Refusal
from peerhood.stories.comments import commenting, holding
from peerhood.stories.models import Comment

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 6


@pytest.fixture
def wide_gap(monkeypatch):
    """Let a comment take its time between looking for its like and being written."""
    weigh = holding.weigh

    def slowly(*args):
        time.sleep(0.05)
        return weigh(*args)

    monkeypatch.setattr(holding, "weigh", slowly)


def send_many(story, person):
    start = Barrier(TIMES)

    def run(_time):
        try:
            start.wait()
            commenting.write(story, "Good.", by=person)
        except Refusal:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        list(pool.map(run, range(TIMES)))
    return Comment.objects.count()


def test_sent_many_times_at_once_it_is_said_once(told, ben, wide_gap):
    assert send_many(told, ben) == 1


def test_control_without_the_lock_it_is_said_again_and_again(told, ben, wide_gap, monkeypatch):
    monkeypatch.setattr(commenting, "_lock", lambda story: story)
    monkeypatch.setattr(commenting, "write", commenting.write.__wrapped__)
    assert send_many(told, ben) > 1
