import pytest

from peerhood.mixing.engine.designs.catalogue import entries, entry
from peerhood.mixing.engine.designs.entry import parsed, written
from peerhood.mixing.engine.designs.tests.meetings import meetings

ENTRIES = [pytest.param(e, id=f"{e.tables}-{e.size}-{e.rounds}") for e in entries()]


@pytest.mark.parametrize("one", ENTRIES)
def test_every_entry_expands_to_a_design(one):
    rounds = list(one.expanded())
    assert len(rounds) == one.rounds
    assert set(meetings(rounds, one.tables, one.size).values()) <= {1}


@pytest.mark.parametrize("one", ENTRIES)
def test_an_entry_is_read_as_it_was_written(one):
    assert parsed(written(one)) == one


def test_the_shortest_entry_that_is_long_enough_is_found():
    assert entry(8, 4, 3).rounds == 10
    assert entry(8, 4, 11) is None
    assert entry(1000, 4, 3) is None
