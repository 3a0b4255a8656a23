"""Erased from one device while a form of theirs is on its way from another, on both databases."""

import random
from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.timezone import now

from peerhood.connections import noting
from peerhood.connections.models import Connection, Note
from peerhood.gatherings import rsvp
from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import CalendarFeed, Gathering, Rsvp
from peerhood.notices.models import Mail
from peerhood.people import affiliations, profiles
from peerhood.people.models import Affiliation, Export, Person
from peerhood.people.own_data import asking, erasing
from peerhood.platform import presence
from peerhood.platform.presence import Gone
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 20


def test_an_act_that_has_begun_is_finished_first_and_what_it_wrote_is_taken(ada, ben):
    """The erasure waits for it: so there is no moment at which it could come back."""
    begun, going = Event(), Event()

    def note():
        with transaction.atomic():
            presence.hold(ben)
            begun.set()
            assert going.wait(PATIENCE_SECONDS)
            connection.cursor().execute("SELECT 1")
            Note.objects.create(owner=ben, about=ada, text="canary")

    def erase():
        assert begun.wait(PATIENCE_SECONDS)
        going.set()
        erasing.erase(ben)

    at_once(note, erase)
    assert (Note.objects.count(), Person.objects.get(pk=ben.pk).erased_at is not None) == (0, True)


def test_control_an_act_that_only_looks_brings_it_back(ada, ben):
    begun, erased = Event(), Event()

    def note():
        # Outside of a transaction the answer is true for a moment only.
        presence.hold(ben)
        begun.set()
        assert erased.wait(PATIENCE_SECONDS)
        Note.objects.create(owner=ben, about=ada, text="canary")

    def erase():
        assert begun.wait(PATIENCE_SECONDS)
        erasing.erase(ben)
        erased.set()

    at_once(note, erase)
    assert Note.objects.count() == 1


def test_an_erasure_gives_way_to_whoever_holds_what_it_needs(makers, supper, ben, chi):
    """Somebody takes a seat (the gathering first, then its people) while Ben, who has one, goes."""
    rsvp.attend(supper, ben)
    holding, going = Event(), Event()

    def seat():
        with transaction.atomic():
            Gathering.objects.select_for_update().get(pk=supper.pk)
            holding.set()
            assert going.wait(PATIENCE_SECONDS)
            # What every act with Ben's number in it asks of the database.
            return presence.is_here(ben)

    def erase():
        assert holding.wait(PATIENCE_SECONDS)
        going.set()
        erasing.erase(ben)

    seated, _erased = at_once(seat, erase)
    assert seated in (True, False)
    assert Person.objects.get(pk=ben.pk).erased_at is not None
    assert supper.rsvps.count() == 0


def test_two_last_organisers_cannot_both_go(makers, ada, ben):
    makers.memberships.filter(person=ben).update(role="organiser")
    answers = at_once(lambda: erasing.erase(ada), lambda: erasing.erase(ben))
    assert sum(isinstance(answer, erasing.NotYet) for answer in answers) == 1
    assert makers.memberships.organising().count() == 1


def test_erased_twice_at_once_is_erased_once(ben, settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.jsonl"
    at_once(*[lambda: erasing.erase(ben)] * 3)
    assert len(settings.ERASURES.read_text().splitlines()) == 1
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]


def test_two_who_ask_for_a_file_at_once_get_one(ben):
    exports = at_once(*[lambda: asking.ask(ben).pk] * 4)
    assert len(set(exports)) == 1
    assert Export.objects.count() == 1


@pytest.mark.parametrize("round_number", range(6))
def test_whatever_is_on_its_way_nothing_is_left(makers, ada, person, gathering, round_number):
    """All that somebody can do in a moment, and in the middle of it they go."""
    gone = person(f"Canary {round_number}", email=f"canary{round_number}@example.org")
    makers.memberships.create(person=gone)
    meeting = gathering(makers, starts_at=now() + timedelta(days=2))
    one, other = sorted((ada, gone), key=lambda each: each.pk)
    Connection.objects.create(one=one, other=other, one_said_at=now(), other_said_at=now())
    as_they_were = Person.objects.get(pk=gone.pk)
    acts = [
        lambda: profiles.change(as_they_were, name="Canary", work="canary"),
        lambda: affiliations.add(as_they_were, "Canary Corp"),
        lambda: rsvp.attend(meeting, as_they_were),
        lambda: noting.note(as_they_were, ada, "canary"),
        lambda: asking.ask(as_they_were),
        lambda: feeds.make(as_they_were),
    ]
    random.Random(round_number).shuffle(acts)
    answers = at_once(*acts[: round_number + 1], lambda: erasing.erase(gone), *acts[round_number + 1 :])
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    # Whoever has left a circle may not answer its gatherings either.
    assert all(isinstance(answer, Gone | PermissionDenied) for answer in refused)
    gone.refresh_from_db()
    assert (gone.name, gone.work) == ("A former member", "")
    left = [
        model.objects.filter(**{field: gone}).count()
        for model, field in (
            (Affiliation, "person"),
            (Rsvp, "person"),
            (Note, "owner"),
            (Export, "person"),
            (CalendarFeed, "person"),
            (Mail, "person"),
        )
    ]
    assert left == [0] * 6
