"""What happens at once: two who draw, a worker and a facilitator who count, a sheet that is printed twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from peerhood.gatherings.models import AgendaItem
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal
from peerhood.rooms import presence, turns
from peerhood.rooms.models import Card, Pot
from peerhood.rooms.pot import cards, closing, counting, drawing, hat, pouring
from peerhood.themes.models import Ballot

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 4


def at_once(act):
    """Run ``act(number)`` in threads that start together; what each answered or raised."""
    gate = Barrier(MANY)

    def run(number):
        gate.wait()
        try:
            return act(number)
        except (turns.Stale, Refusal, hat.Drawn) as error:
            return type(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


@pytest.fixture
def secret_ballot(room, themes, go_to, spool_folder):
    room.gathering.agenda.update(confidentiality="chatham")
    for _phone in range(6):
        presence.enter(room)
    return go_to(room, AgendaItem.Kind.BALLOT).pots.get()


def test_one_participant_who_draws_on_two_phones_at_once_has_one_ticket(secret_ballot):
    voter = secret_ballot.room.participants.first()
    said = at_once(lambda _number: drawing.draw(secret_ballot.room, voter))
    assert Counter(map(type, said)) == {str: 1, type: MANY - 1}


def test_a_worker_and_a_facilitator_who_count_at_once_count_once(secret_ballot, outside, ada):
    choice = counting.ballot_of(secret_ballot).choices.first()
    for voter in secret_ballot.room.participants.all():
        outside.hand_in(secret_ballot, drawing.draw(secret_ballot.room, voter), str(choice.pk))

    def count(number):
        if number % 2:
            return pouring.pour(Pot.objects.get(pk=secret_ballot.pk)).state
        return closing.pour_now(secret_ballot.room, by=ada) and "by hand"

    at_once(count)
    choice.refresh_from_db()
    assert (choice.vote_count, Ballot.objects.get().voter_count) == (6, 6)
    assert Entry.objects.filter(name="ballot.closed").count() == 1


def test_of_two_who_print_at_once_one_sheet_is_the_true_one(secret_ballot, ada):
    at_once(lambda number: cards.make_sheet(secret_ballot.room, 10 + number, by=ada))
    assert Card.objects.count() in range(10, 10 + MANY)
