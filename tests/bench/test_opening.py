"""The benchmark of an opening: what it counts as a gap in the line, and what as an error."""

from collections import Counter

import pytest

from bench.opening import Outcome

IN_ORDER = {"going": 4, "waiting": 8, "in_order": True, "last_seat_before_line": True}


def outcome(rows=IN_ORDER, statuses=None):
    return Outcome(rows, Counter(statuses or {302: 12}), 2.0, [float(n) for n in range(12)])


def test_a_full_line_in_its_order_has_no_gap():
    assert outcome().waitlist_gaps(8) == 0


@pytest.mark.parametrize("wrong", [{"waiting": 7}, {"in_order": False}, {"last_seat_before_line": False}])
def test_whoever_is_missing_or_out_of_order_is_a_gap(wrong):
    assert outcome(IN_ORDER | wrong).waitlist_gaps(8) == 1


def test_only_what_the_server_broke_is_an_error():
    assert outcome(statuses={302: 9, 422: 1, 500: 1, 503: 1}).errors_5xx == 2


def test_the_posts_a_second_are_of_the_time_after_the_doors_opened():
    assert outcome().posts_per_second == 6.0
    assert outcome().p95_ms == 11_000
