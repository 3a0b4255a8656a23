"""The benchmark of known and unknown addresses asks both doors with both, and takes the distance of the medians."""

import pytest

from bench import alike, make_alike


@pytest.mark.django_db
def test_both_doors_are_asked_with_both_sorts_of_address():
    measured = make_alike.medians(3)
    assert {door: set(said) for door, said in measured.items()} == {
        "sign_in": {"known", "unknown"},
        "invite": {"known", "unknown"},
    }


def test_the_figures_are_distances():
    rows = {"sqlite": {"sign_in": {"known": 9.0, "unknown": 11.5}}}
    assert alike.figures_of(rows) == {"sign_in_medians_apart_ms_sqlite": 2.5}
