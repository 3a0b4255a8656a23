"""Hours in the demo: counted for two, each once a gathering; more wait, and a certificate is fetched."""

import pytest

from peerhood.growth import queries
from peerhood.growth.certificates.queries import to_fetch
from peerhood.growth.models import Cycle, Entry
from peerhood.growth.recording import was_there

pytestmark = pytest.mark.usefixtures("network")


def test_hours_are_those_of_people_who_were_there():
    entries = list(Entry.objects.select_related("person", "gathering"))
    assert entries
    assert all(was_there(entry.person, entry.gathering) for entry in entries)
    assert {cycle.person for cycle in Cycle.objects.all()} == {entry.person for entry in entries}


def test_something_waits_to_be_counted():
    assert queries.to_propose(Cycle.objects.first().person)


def test_a_certificate_waits_to_be_fetched_by_somebody_who_was_there():
    counting = {cycle.person for cycle in Cycle.objects.select_related("person")}
    assert any(to_fetch(person) for person in counting)
