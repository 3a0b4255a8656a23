"""A hundred people answer at once for ten seats, through HTTP, on each database there is."""

import pytest

from bench import databases, opening

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("kind", databases.reachable())
def test_ten_get_a_seat_and_ninety_wait_in_order(kind):
    outcome = opening.open_doors(kind, people=100, places=10)
    assert outcome.errors_5xx == 0
    assert outcome.rows == {
        "going": 10,
        "waiting": 90,
        "in_order": True,
        "counted_going": 10,
        "counted_waiting": 90,
        "last_seat_before_line": True,
    }


@pytest.mark.parametrize("kind", databases.reachable())
def test_control_without_the_lock_it_oversells(kind):
    outcome = opening.open_doors(
        kind, people=100, places=10, path="/twin/{pk}/", settings="tests.races.twin_settings"
    )
    assert outcome.rows["going"] > 10
