import pytest

from peerhood.mixing.engine.designs.catalogue import entry
from peerhood.mixing.engine.designs.exploring import explore, search_again
from peerhood.mixing.engine.designs.searching import search
from peerhood.mixing.engine.designs.symmetry import Symmetry
from peerhood.mixing.engine.designs.tests.meetings import meetings


@pytest.mark.parametrize("name", [(6, 3, 8), (7, 3, 10), (8, 4, 10), (9, 4, 11), (13, 4, 17)])
def test_the_search_finds_what_the_catalogue_holds(name):
    found = search_again(entry(*name), steps=100_000)
    tables, size, rounds = name
    seated = list(found.expanded())
    assert len(seated) == rounds
    assert set(meetings(seated, tables, size).values()) == {1}


def test_exploring_needs_no_hint():
    found = explore(5, 3, 7)
    assert set(meetings(list(found.expanded()), 5, 3).values()) == {1}


def test_the_same_search_finds_the_same():
    doubling = Symmetry((7,), orbits=2, fixed=1, turn=((2,),), length=3)
    once, again = (search(doubling, 3, [((1, 0),)], steps=10_000) for _ in range(2))
    assert once == again is not None


def test_a_search_without_hope_ends():
    assert search(Symmetry((6,), orbits=6), 6, [((0, 1),)] * 4, steps=5_000) is None
