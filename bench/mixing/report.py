"""Report: the figures as a page of Markdown, and as the same text on a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from bench.mixing.measuring import Figures, totals

HEADER = """\
# Mixing, measured

Who sits with whom, on the same instances and the same objective as others, in the same run. Written by
`bin/bench mixing`; what is measured and how is in [bench/mixing](../bench/mixing/__init__.py). Costs are in
repeats: 1 is one pair that meets once more than it should. No plan costs less than the bound; where cost and bound
are equal, the plan is proven optimal. Every plan is priced by one judge, which shares no code with our engine.
"""


def report_of(figures: Figures, plot: str = "") -> str:
    """The whole page; ``plot`` is the address of the drawing."""
    parts = [HEADER, _machine(figures["machine"], figures["instances"])]
    if plot:
        parts.append(f"![Repeats left, and seconds needed, by engine and by number of people]({plot})\n")
    budgets = sorted({row["budget"] for row in figures["instances"]})
    parts += [_table("All pure instances together", TOTALS, _totals(figures, budgets))]
    parts += [
        _table(
            f"Each instance at {budget} s: {_proven(figures, budget)}",
            INSTANCES,
            map(_instance, _at(figures, budget)),
        )
        for budget in budgets
    ]
    parts.append(_table("Speed of one core", SPEEDS, _speeds(figures["speed"])))
    parts.append(_table("Growth: tables of five, six rounds", GROWTH, map(_growth, figures["growth"])))
    if figures["again"]:
        parts.append(_table("Mixed again while the evening runs", AGAIN, map(_again, figures["again"])))
    return "\n".join(parts)


TOTALS = ("after", "engine", "repeats", "bound", "without a repeat", "ours is")
INSTANCES = ("instance", "cost", "bound", "gap", "CP-SAT", "ours is", "M moves/s", "s", "MB", "MB CP-SAT")
SPEEDS = ("engine", "instance", "M moves/s", "M swaps reckoned/s")
GROWTH = ("people", "median s", "slowest of 3, s", "repeats", "bound", "MB")
AGAIN = ("instance", "people", "median ms", "slowest of 5, ms", "cost", "solved anew in 5 s", "ours is")


def _machine(machine: dict[str, Any], rows: Sequence[Figures]) -> str:
    engines = ", ".join(sorted({row["engine"] for row in rows}))
    busy = f" Load before the run: {machine['load_before']}."
    return (
        f"Measured on {machine['date']}: {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}, Python {machine['python']}, engine {engines}.{busy}\n"
    )


def _table(title: str, header: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [f"## {title}", "", f"| {' | '.join(header)} |", f"| --- {'| --: ' * (len(header) - 1)}|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])


def _proven(figures: Figures, budget: int) -> str:
    total = totals(figures["instances"], budget)
    return f"{total['optimal_count']} of {total['instance_count']} proven optimal"


def _at(figures: Figures, budget: int) -> list[Figures]:
    return [row for row in figures["instances"] if row["budget"] == budget]


def _totals(figures: Figures, budgets: Sequence[int]) -> Iterator[Sequence[str]]:
    published = figures["published"]
    for budget in budgets:
        total = totals(figures["instances"], budget)
        bound, count = _repeats(total["bound"]), total["count"]
        yield (
            f"{budget} s",
            "**Peerhood**",
            _repeats(total["cost"]),
            bound,
            f"{total['zero_count']} of {count}",
            "",
        )
        times = _times(total["cost"], total["cp_sat_cost"])
        zero = f"{total['cp_sat_zero_count']} of {count}"
        seated = _repeats(total["cp_sat_cost"])
        if total["cp_sat_cost"] is None:
            seated = f"{total['cp_sat_count']} of {count} seated"
        yield f"{budget} s", "CP-SAT", seated, bound, zero, times
        if budget == published["seconds"] and count == 14:
            name = f"{published['name']} ({published['about']})"
            times = _times(total["cost"], published["pure_cost"])
            yield (
                f"{budget} s",
                name,
                _repeats(published["pure_cost"]),
                bound,
                f"{published['zero_count']} of 14",
                times,
            )


def _instance(row: Figures) -> Sequence[str]:
    gap = "optimal" if row["is_optimal"] else _gap(row["cost"], row["bound"])
    peer = row["cp_sat"]
    speed = (
        f"{row['moves'] / row['search_seconds'] / 1e6:.1f}" if row["moves"] and row["search_seconds"] else "–"
    )
    return (
        row["name"], _repeats(row["cost"]), _repeats(row["bound"]), gap,
        _repeats(peer["cost"]) if peer["cost"] is not None else peer["why"],
        _times(row["cost"], peer["cost"]), speed, f"{row['seconds']:.2f}", f"{row['memory_mb']:.0f}",
        f"{peer['memory_mb']:.0f}" if peer["memory_mb"] else "–",
    )  # fmt: skip


def _speeds(speed: dict[str, dict[str, Any]]) -> Iterator[Sequence[str]]:
    for kind, measured in speed.items():
        if measured["is_compiled"] == (kind == "compiled"):
            for name, each in measured["instances"].items():
                yield kind, name, f"{each['moves'] / 1e6:.2f}", f"{each['swaps'] / 1e6:.2f}"


def _growth(row: Figures) -> Sequence[str]:
    return (
        f"{row['people']:,}", f"{row['seconds']:.3f}", f"{row['slowest']:.3f}",
        _repeats(row["cost"]), _repeats(row["bound"]), f"{row['memory_mb']:.0f}",
    )  # fmt: skip


def _again(row: Figures) -> Sequence[str]:
    more = f"{100 * (row['cost'] / row['fresh_cost'] - 1):+.1f} %" if row["fresh_cost"] else "–"
    return (
        row["name"], str(row["people"]), f"{row['median_ms']:.0f}", f"{row['slowest_ms']:.0f}",
        _repeats(row["cost"]), _repeats(row["fresh_cost"]), more,
    )  # fmt: skip


def _repeats(cost: int | None) -> str:
    """
    >>> _repeats(37_440), _repeats(80_000), _repeats(None)
    ('37.4', '80', '–')
    """
    return "–" if cost is None else f"{cost / 1000:.1f}".removesuffix(".0")


def _gap(cost: int, bound: int) -> str:
    return f"{100 * (cost - bound) / bound:.0f} %" if bound else f"{_repeats(cost)} above 0"


def _times(ours: int, theirs: int | None) -> str:
    """How many times fewer.

    >>> _times(80, 444), _times(0, 7_000), _times(5, 5), _times(5, None)
    ('5.5× fewer', 'none against 7', 'equal', '–')
    """
    if theirs is None:
        return "–"
    if ours == theirs:
        return "equal"
    if ours == 0:
        return f"none against {_repeats(theirs)}"
    return f"{theirs / ours:.1f}× fewer" if theirs > ours else f"{ours / max(theirs, 1):.1f}× more"
