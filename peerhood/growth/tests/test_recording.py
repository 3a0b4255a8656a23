from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from peerhood.gatherings.models import Gathering
from peerhood.growth import queries, recording
from peerhood.growth.models import Entry
from peerhood.platform.refusals import Refusal


def count(gathering, person, **said):
    return recording.record_attendance(gathering, by=person, **({"quarters": 4} | said))


def test_the_agendas_time_counts_without_arrival_and_fika_rounded_down(agenda):
    assert recording.quarters_of(agenda) == 6


def test_without_an_agenda_its_length_counts(afternoon):
    assert recording.quarters_of(afternoon) == 16


def test_an_agenda_longer_than_the_afternoon_counts_no_longer(afternoon):
    afternoon.agenda.create(position=0, kind="talk", title="Long", length_minutes=600)
    assert recording.quarters_of(afternoon) == 16


def test_only_who_was_checked_in_counts_it(afternoon, ben, chi):
    assert count(afternoon, ben).title == afternoon.title
    with pytest.raises(PermissionDenied):
        count(afternoon, chi)


@pytest.mark.parametrize("state", [Gathering.State.CANCELLED, Gathering.State.DRAFT])
def test_what_did_not_take_place_does_not_count(afternoon, ben, state):
    Gathering.objects.update(state=state)
    afternoon.refresh_from_db()
    assert not queries.to_propose(ben)
    with pytest.raises(PermissionDenied):
        count(afternoon, ben)


def test_what_is_not_over_does_not_count(gathering, makers, ben):
    coming = gathering(makers)
    coming.rsvps.create(person=ben, status="going", checked_in_at=coming.starts_at)
    assert not queries.to_propose(ben)
    with pytest.raises(PermissionDenied):
        count(coming, ben)


def test_a_gathering_counts_once(afternoon, ben):
    count(afternoon, ben)
    with pytest.raises(Refusal):
        count(afternoon, ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            person=ben, gathering=afternoon, title="Again", day=afternoon.starts_at.date(), quarters=1
        )


def test_it_is_proposed_until_it_is_counted_and_again_when_taken_away(afternoon, ben, chi):
    assert list(queries.to_propose(ben)) == [afternoon]
    assert not queries.to_propose(chi)
    entry = count(afternoon, ben)
    assert not queries.to_propose(ben)
    recording.remove(entry, by=ben)
    assert list(queries.to_propose(ben)) == [afternoon]


def test_nobody_else_changes_or_takes_away(afternoon, ben, ada):
    entry = count(afternoon, ben)
    for act in (recording.change, recording.remove):
        with pytest.raises(PermissionDenied):
            act(entry, by=ada)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_counts(afternoon, ben):
    def press(_number):
        try:
            return bool(count(afternoon, ben))
        except Refusal:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [False, True]
    assert Entry.objects.count() == 1
