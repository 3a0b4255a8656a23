"""Six notes on the screens of a room under the Rule, called 0 to 5, handed in in that order."""

import pytest

from peerhood.rooms.tests.pot.conftest import commit, full_room, outside, pot, pour, spool_folder, token

__all__ = ["commit", "full_room", "outside", "pot", "pour", "spool_folder"]


@pytest.fixture
def noted(pot, outside, pour):
    for number in range(6):
        outside.hand_in(pot, token(number), f"Note {number}")
    return pour(pot)
