"""The benchmark of the mixing engine: its judge, its peer's model and its drawing say what is so."""

import doctest
import importlib.util
import random
from xml.etree import ElementTree

import pytest

import bench.mixing.instances
from bench.mixing import children, cp_sat, judge, measuring, peers, plot, report, speed
from bench.mixing.instances import instances, named, spelt_out
from peerhood.mixing.engine import rebuild, solve
from peerhood.mixing.shell.instances import problem_of

EVERY = [instance["name"] for instance in instances()]
SMALL = ["5-3-6", "roundtable-12", "chapter-23", "peer-40", "forum-85"]


def seats_by_chance(instance, seed):
    """Everybody on a chair, hosts at their tables; a pure instance's first round in order."""
    shuffle = random.Random(seed).shuffle
    evening = spelt_out(instance)
    rounds = []
    for number, sizes in enumerate(evening["tables"]):
        tables = [[] for _ in sizes]
        for table, host in evening["hosts"].items():
            tables[int(table)].append(host)
        standing = [p for p in range(evening["N"]) if p not in evening["hosts"].values()]
        if number or instance["kind"] != "sgp":
            shuffle(standing)
        for table, size in zip(tables, sizes, strict=True):
            while len(table) < size and standing:
                table.append(standing.pop(0))
        rounds.append(tables)
    return rounds


@pytest.mark.parametrize("name", EVERY)
def test_the_judge_and_the_engine_price_the_same_seats_alike(name):
    instance = named(name)
    rounds = seats_by_chance(instance, seed=name)
    assert judge.price(instance, rounds) == rebuild(problem_of(instance), rounds).cost


@pytest.mark.parametrize("name", [instance["name"] for instance in instances() if "remix" in instance])
def test_the_judge_and_the_engine_agree_on_what_was_mixed_again(name):
    # It raises where they do not, and where somebody who left has a seat.
    row = measuring.mixed_again(named(name), seed=1, seconds=0.2)
    assert row["cost"] > 0 < row["fresh_cost"]


@pytest.mark.parametrize(
    ("rounds", "reason"),
    [
        ([], "0 rounds instead of 3"),
        ([[[0, 1], [2, 3]], [[0, 1], [2, 2]], [[0, 1], [2, 3]]], "round 2: not everybody sits exactly once"),
        ([[[0, 1, 2], [3]]] * 3, "round 1: more people at a table than it has chairs"),
    ],
)
def test_seats_that_are_no_plan_are_refused(rounds, reason):
    with pytest.raises(ValueError, match=reason):
        judge.price({"name": "2-2-3", "kind": "sgp", "g": 2, "k": 2, "w": 3}, rounds)


def test_a_host_who_was_moved_is_noticed():
    peer = named("peer-40")
    rounds = seats_by_chance(peer, seed=1)
    table, host = next(iter(peer["hosts"].items()))
    here = rounds[0][int(table)]
    there = next(at for at in rounds[0] if at is not here)
    here[here.index(host)], there[-1] = there[-1], host
    with pytest.raises(ValueError, match=f"host {host} is not at table {table}"):
        judge.price(peer, rounds)


# OR-Tools is there only where somebody has run bin/bench mixing.
if importlib.util.find_spec("ortools"):

    @pytest.mark.parametrize("name", SMALL)
    def test_the_model_of_cp_sat_prices_seats_as_the_judge_does(name):
        assert cp_sat.price(named(name), seats_by_chance(named(name), seed=3)) == judge.price(
            named(name), seats_by_chance(named(name), seed=3)
        )


def figures(budgets=(1, 30), peer=None):
    rows = [
        {
            "name": instance["name"], "is_pure": instance["kind"] == "sgp", "has_zero": True, "budget": budget,
            "cost": 80_000 if instance["name"] == "8-4-12" else 0, "bound": 0, "is_optimal": True,
            "engine": "compiled", "moves": 10**7, "search_seconds": 0.5, "seconds": 0.7, "memory_mb": 36.0,
            "cp_sat": {"cost": peer, "memory_mb": None if peer is None else 99.0, "why": "not installed"},
        }
        for instance in instances()
        for budget in budgets
    ]  # fmt: skip
    speeds = {"8-4-10": {"moves": 9_000_000, "swaps": 8_000_000}}
    return {
        "machine": {
            "date": "2026-11-26", "cores": 2, "memory_gb": 8, "system": "Linux", "python": "3.11", "load_before": 0.1
        },
        "seed": 1,
        "published": peers.PUBLISHED,
        "instances": rows,
        "speed": {kind: {"is_compiled": kind == "compiled", "instances": speeds} for kind in ("compiled", "plain")},
        "growth": [
            {"people": n, "seconds": n / 1e4, "slowest": n / 1e4, "cost": 0, "bound": 0, "memory_mb": 40.0}
            for n in (20, 2000)
        ],
        "again": [
            {"name": "x", "people": 150, "median_ms": 9.0, "slowest_ms": 11.0, "cost": 105, "fresh_cost": 100}
        ],
    }  # fmt: skip


@pytest.mark.parametrize("peer", [None, 0, 7_000])
def test_the_drawing_is_well_formed_and_stays_on_its_sheet(peer):
    drawing = ElementTree.fromstring(plot.plot_of(figures(peer=peer)))
    for shape in drawing.iter():
        assert 0 <= float(shape.get("x", 0)) + float(shape.get("width", 0)) <= plot.WIDTH
        assert 0 <= float(shape.get("y", 0)) <= plot.HEIGHT


def test_the_page_tells_the_ratio_to_each_peer():
    page = report.report_of(figures(peer=7_000), "mixing.svg")
    assert "![Repeats left" in page
    assert "| 30 s | **Peerhood** | 80 | 0 | 13 of 14 |  |" in page
    assert "| 30 s | CP-SAT | 98 | 0 | 0 of 14 | 1.2× fewer |" in page
    assert "on another machine of 2 cores, not in this run) | 444 | 0 | 2 of 14 | 5.5× fewer |" in page
    assert "22 of 22 proven optimal" in page
    assert "| x | 150 | 9 | 11 | 0.1 | 0.1 | +5.0 % |" in page


def test_without_or_tools_the_page_says_so():
    page = report.report_of(figures())
    assert "| not installed |" in page
    assert "| 1 s | CP-SAT | 0 of 14 seated | 0 | 0 of 14 | – |" in page


def test_people_who_are_away_have_no_seat_to_judge():
    instance = {"name": "2-2-1", "kind": "sgp", "g": 2, "k": 2, "w": 1}
    gone = spelt_out(instance) | {"kind": "real", "away": {1: [3]}}
    assert judge.price(gone, [[[0, 1], [2]]]) == 0


def test_the_record_of_a_search_is_what_the_judge_says():
    instance = named("roundtable-12")
    plan = solve(problem_of(instance), seed=1, moves=20_000)
    assert judge.price(instance, plan.rounds) == plan.cost


@pytest.mark.parametrize("module", [bench.mixing.instances, report, speed])
def test_what_the_examples_say_is_so(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.processes
def test_the_memory_of_a_program_is_its_own():
    this_one = [b"x"] * 20_000_000
    child = children.run("bench.mixing.evening", "20", "1")
    assert 10 < child.memory_mb < 100
    assert child.answer["cost"] == child.answer["bound"] == 60_000
    assert len(this_one) == 20_000_000


@pytest.mark.processes
def test_the_engine_can_be_had_without_its_compiled_kernel(monkeypatch):
    monkeypatch.setattr(speed, "MOVES", 100)
    assert not children.run("bench.mixing.speed", "plain").answer["is_compiled"]
    assert speed.speed_of("8-4-12")["moves"] > 0
