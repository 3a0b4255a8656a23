"""The linking game, short: the pot near chance, the controls near certainty. The long one is bin/bench promise."""

import os

import pytest

from bench.promise import measuring

# One worker for all of them: a table is laid once.
pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("promise")]


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def outcome(request):
    """Forty rounds of the product and six of each control."""
    if request.param == "postgresql" and not os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("PostgreSQL")
    return measuring.play(request.param, 40, 6)


def test_nobody_is_found_by_what_the_pot_leaves_on_the_disk(outcome):
    assert len(outcome.pot) >= 20
    # Three times chance is far below any control and far above what forty rounds scatter.
    assert [score for score in outcome.pot if score.rate > 0.25] == []


def test_control_every_other_design_gives_its_writers_away(outcome):
    assert len(outcome.controls) == 4
    assert {design: score.rate for design, score in outcome.controls.items() if score.rate < 0.9} == {}
