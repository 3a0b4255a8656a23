import pytest

from peerhood.mixing.engine.designs import design, most_rounds
from peerhood.mixing.engine.designs.tests.meetings import meetings

SIZES = [(tables, size) for size in range(1, 11) for tables in range(1, 26)]


@pytest.mark.parametrize(("tables", "size"), SIZES)
def test_everybody_sits_every_round_and_no_two_meet_twice(tables, size):
    rounds = min(most_rounds(tables, size), 60)
    met = meetings(design(tables, size, rounds), tables, size)
    assert set(met.values()) <= {1}


@pytest.mark.parametrize(("tables", "size"), [(6, 3), (7, 4), (8, 4), (9, 4), (10, 5), (16, 4), (15, 3)])
def test_every_shorter_design_is_known_too(tables, size):
    for rounds in range(1, most_rounds(tables, size) + 1):
        seated = design(tables, size, rounds)
        assert len(seated) == rounds
        assert set(meetings(seated, tables, size).values()) <= {1}


@pytest.mark.parametrize(
    ("name", "rounds"),
    {
        "5-3": 7, "6-3": 8, "7-3": 10, "8-3": 11, "9-3": 13, "10-3": 14, "11-3": 16, "12-3": 17, "15-3": 22,
        "4-4": 5, "6-4": 7, "7-4": 9, "8-4": 10, "9-4": 11, "10-4": 13, "11-4": 14, "12-4": 15, "13-4": 17, "16-4": 21,
        "5-5": 6, "6-5": 6, "10-5": 10, "12-5": 12, "13-5": 15, "14-5": 15, "15-5": 17, "20-5": 22,
        "10-6": 9, "10-7": 8, "10-8": 9, "10-10": 4, "6-6": 3, "7-7": 8, "8-8": 9, "9-9": 10, "8-2": 15,
    }.items(),
)  # fmt: skip
def test_these_are_known(name, rounds):
    tables, size = map(int, name.split("-"))
    assert most_rounds(tables, size) >= rounds


def test_nobody_has_more_strangers_than_there_are():
    for tables, size in SIZES:
        if size > 1:
            assert most_rounds(tables, size) * (size - 1) < max(tables * size, size)


def test_beyond_what_is_known_there_is_none():
    assert design(8, 4, 11) is None
    assert design(3, 5, 2) is None


def test_a_large_room_has_one_too():
    seated = design(400, 5, 6)
    assert set(meetings(seated, 400, 5).values()) == {1}


def test_the_same_question_has_the_same_answer():
    assert design(8, 4, 10) == design(8, 4, 10)


@pytest.mark.parametrize("numbers", [(0, 4, 3), (4, 0, 3), (4, 4, 0)])
def test_nothing_is_not_counted(numbers):
    with pytest.raises(ValueError, match="counted from one"):
        design(*numbers)
