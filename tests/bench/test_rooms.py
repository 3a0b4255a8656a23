"""The benchmark of rooms: what it counts, with a few phones; and F12, three hundred phones and a web process that dies."""

import math
import os

import pytest

from bench.rooms import measuring, sites
from bench.rooms.measuring import Crowd, Run, figures_of, fullest_slot

PHONES = 300


def run(delays=(0.01, 0.02, 0.03, 0.04), expected=4, **of):
    said = {"cpu_seconds": 0.5, "cpu_seconds_alone": 0.3, "changes": 2, "back": [1.0, 2.0, 2.05, 3.0]}
    return Run(list(delays), expected, **said | of)


def test_whoever_never_heard_is_the_slowest_and_is_missing_from_the_share():
    assert run().p95_ms == 30
    deaf = run(delays=(0.01, 0.02), expected=4)
    assert (deaf.p95_ms, deaf.received_share) == (math.inf, 0.5)


def test_what_a_press_costs_anyway_is_not_the_phones():
    assert (run().press_cpu_ms, run().cpu_ms) == (150, 100)


def test_the_crowd_at_the_door_is_counted_in_tenths_of_a_second():
    assert fullest_slot([1.0, 2.0, 2.05, 3.0]) == 2


def test_the_figures_have_their_names_and_the_better_yardstick():
    rows = {
        "one process": [run()],
        "Channels": [run(delays=[0.9] * 4)],
        "Channels, Redis": [run(delays=[0.5] * 4)],
    }
    figures = figures_of(rows, 1000)
    assert figures["channels_p95_ms_1000"] == 500
    assert {"broadcast_p95_ms_1000", "broadcast_cpu_ms_1000", "received_share"} <= figures.keys()
    assert (figures["back_share"], figures["back_all_s"]) == (4 / 1000, 3.0)


@pytest.mark.processes
def test_a_few_phones_hear_every_change_and_come_back():
    measured = measuring.follow(lambda: sites.ours("sqlite"), 10, 3)
    assert (measured.received_share, len(measured.delays), len(measured.back)) == (1, 30, 10)
    assert all(delay > 0 for delay in measured.delays)


@pytest.mark.processes
def test_over_redis_phones_at_two_processes_hear_every_change():
    redis = os.environ.get("TEST_REDIS_URL")
    if not redis:
        pytest.skip("Redis")
    measured = measuring.follow(lambda: sites.ours("sqlite", redis=redis, processes=2), 10, 3)
    assert measured.received_share == 1


@pytest.fixture
def crowd():
    """Three hundred phones in a room, and a way to have its web process die: how they came back."""
    with sites.ours("sqlite") as site, Crowd() as crowd:
        assert len(crowd.ask("come in", site.streams()[0], PHONES)) == PHONES

        def come_back():
            crowd.ask("fall")
            crowd.send("back")
            at = site.restart()
            back = [moment - at for moment in crowd.answer()]
            return back, crowd.ask("knocks")

        crowd.come_back = come_back
        yield crowd


@pytest.mark.processes
def test_three_hundred_phones_come_back_one_after_the_other(crowd):
    pauses = crowd.ask("pauses")
    # Whoever finds the server still starting waits once more, so two pauses and its start make five seconds.
    assert 500 <= min(pauses) < 700
    assert 2300 < max(pauses) <= 2500
    back, knocks = crowd.come_back()
    assert len(back) == PHONES
    print(f"all back after {max(back):.1f} s, at most {fullest_slot(back)} in a tenth of a second")
    # A third of them at once would be a herd.
    assert fullest_slot(knocks) < PHONES / 3


@pytest.mark.processes
def test_control_with_the_same_pause_for_all_they_come_as_a_herd(crowd):
    crowd.ask("pause", 1500)
    _back, knocks = crowd.come_back()
    assert fullest_slot(knocks) > PHONES / 3
