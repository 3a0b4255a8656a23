from datetime import timedelta

import pytest
from django.db import transaction

from peerhood import journal
from peerhood.journal import tasks
from peerhood.journal.models import Entry


@pytest.fixture
def heard():
    """What listeners heard, in order; they are forgotten afterwards."""
    heard, before = [], dict(journal._listeners)
    journal.listen("cup.filled")(lambda person: heard.append(("first", person)))
    journal.listen("cup.filled")(lambda person: heard.append(("second", person)))
    yield heard
    journal._listeners.clear()
    journal._listeners.update(before)


def test_listeners_hear_after_the_commit_once_and_in_order(ada, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        journal.record("cup.filled", ada, by=ada)
        assert heard == []
    assert heard == [("first", ada), ("second", ada)]
    journal.tell(Entry.objects.get())
    assert heard == [("first", ada), ("second", ada)]


@pytest.mark.django_db(transaction=True)
def test_nobody_hears_of_what_did_not_happen(ada, heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.record("cup.filled", ada)
        1 / 0  # noqa: B018
    assert (heard, Entry.objects.count()) == ([], 0)


def test_what_a_crash_left_unheard_is_told_by_the_worker(ada, heard):
    journal.record("cup.filled", ada)
    tasks.tell_what_was_left.call_local()
    assert heard == []  # it may still be under way in the web process
    Entry.objects.update(at=Entry.objects.get().at - timedelta(minutes=1))
    tasks.tell_what_was_left.call_local()
    assert heard == [("first", ada), ("second", ada)]


def test_one_listener_in_trouble_does_not_silence_the_next(ada, heard, django_capture_on_commit_callbacks):
    def stumble(person):
        raise RuntimeError("a listener in trouble")

    journal._listeners["cup.filled"].insert(0, (stumble, lambda _person: True))
    with django_capture_on_commit_callbacks(execute=True):
        journal.record("cup.filled", ada)
    assert heard == [("first", ada), ("second", ada)]


def test_what_concerns_no_listener_is_heard_at_once(ada, dot, heard, django_capture_on_commit_callbacks):
    journal.listen("cup.washed", concerns=lambda person: person == dot)(heard.append)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        journal.record("cup.washed", ada)
    assert (callbacks, heard) == ([], [])
    assert not Entry.objects.filter(name="cup.washed", heard_at=None).exists()
    with django_capture_on_commit_callbacks(execute=True):
        journal.record("cup.washed", dot)
    assert heard == [dot]
