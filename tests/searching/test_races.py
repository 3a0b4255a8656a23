"""Somebody changes their profile at the moment they leave a circle: the index says what is so afterwards."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from peerhood.people import profiles, searching
from peerhood.people.models import Person
from peerhood.search import indexing

pytestmark = pytest.mark.django_db(transaction=True)


def leave_while_the_profile_changes(makers, chi):
    """The profile is written first and committed last; how many rows are wrong when both are done."""
    searching.write(chi)
    changed, written = Event(), Event()

    def change():
        try:
            with transaction.atomic():
                profiles.change(Person.objects.get(pk=chi.pk), work="Zeppelins")
                changed.set()
                # By then whoever leaves waits for this to be over: at the lock, or without it at the rows.
                written.wait(2)
        finally:
            connection.close()

    def leave():
        try:
            changed.wait(10)
            makers.memberships.filter(person=chi).update(state="left")
            searching.write(chi)
            written.set()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(change), pool.submit(leave)]:
            done.result()
    return indexing.write(searching.KIND, [chi.pk])


def test_two_writers_of_one_person_write_one_after_the_other(makers, chi):
    assert leave_while_the_profile_changes(makers, chi) == 0


def test_control_without_the_lock_the_index_keeps_what_is_over(makers, chi, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda queryset, **_how: queryset.all())
    wrong = leave_while_the_profile_changes(makers, chi)
    # SQLite has one writer at a time whatever we do.
    assert bool(wrong) == (connection.vendor == "postgresql")
