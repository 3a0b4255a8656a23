from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.connections import connecting, noting
from peerhood.connections.models import Note
from peerhood.journal.models import Entry


@pytest.fixture
def connected(after_supper, ada, ben):
    connecting.say_met(ada, ben, after_supper)
    connecting.say_met(ben, ada, after_supper)


def test_a_note_is_kept_and_replaced(connected, ada, ben):
    noting.note(ada, ben, "Has a benefits map")
    noting.note(ada, ben, " Sent me his benefits map ", date(2027, 1, 21))
    kept = Note.objects.get()
    assert (kept.text, kept.follow_up_on) == ("Sent me his benefits map", date(2027, 1, 21))


def test_an_empty_note_is_put_away(connected, ada, ben):
    noting.note(ada, ben, "Has a benefits map")
    assert noting.note(ada, ben, "  ") is None
    assert not Note.objects.exists()


def test_notes_are_about_those_one_keeps(after_supper, ada, ben, chi, connected):
    for owner, about in ((ada, chi), (ben, chi), (ada, ada)):
        with pytest.raises(PermissionDenied):
            noting.note(owner, about, "Hm")


def test_a_note_outlives_the_connection(connected, ada, ben):
    noting.note(ada, ben, "Has a benefits map")
    connecting.take_back(ben, ada)
    noting.note(ada, ben, "Had a benefits map")
    assert Note.objects.get().text == "Had a benefits map"


def test_the_journal_hears_nothing_of_notes(connected, ada, ben):
    noting.note(ada, ben, "Has a benefits map")
    assert [entry.name for entry in Entry.objects.all()] == ["connection.made"]
