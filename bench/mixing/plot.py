"""Plot: the report's two drawings as one SVG, in light and in dark, without a library.

Left: the repeats that are left over all pure instances, engine by engine. Right: how
the seconds grow with the number of people, on logarithmic scales.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import log10

from bench.mixing.measuring import Figures, totals

WIDTH, HEIGHT = 860, 330
TOP, BOTTOM = 60, 280
BARS = (170, 390)
LINE = (500, 830)
STYLE = """
  svg { --ink: #1f2328; --faint: #d0d7de; --ours: #0b6e5f; --peer: #8a5a00; background: #fff }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e6edf3; --faint: #3d444d; --ours: #4cc9b0; --peer: #e0a64b; background: #0d1117 }
  }
  text { fill: var(--ink); font: 13px system-ui, sans-serif }
  .title { font-weight: 600 } .end { text-anchor: end } .middle { text-anchor: middle }
  .ours { fill: var(--ours) } .peer { fill: var(--peer) } .grid { stroke: var(--faint) }
  .curve { fill: none; stroke: var(--ours); stroke-width: 2.5 }
"""


class Scale:
    """Places numbers between two points, tenfold steps equally far apart."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self.low, self.high = log10(least), log10(most)
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        """Where a number stands; what is below the least stands there, too."""
        share = (log10(value) - self.low) / (self.high - self.low) if value > 0 else 0.0
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def plot_of(figures: Figures) -> str:
    """One SVG document."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            "<title>Repeats left by engine, and seconds needed by number of people</title>",
            f"<style>{STYLE}</style>",
            *_bars(figures),
            *_growth(figures["growth"]),
            "</svg>",
        ]
    )


def _bars(figures: Figures) -> Iterator[str]:
    bars = list(_engines(figures))
    yield _text(20, 30, "Repeats left on the pure instances (fewer is better)", "title")
    most = max([1, *(repeats for _, _, repeats in bars)])
    height = min(28, (BOTTOM - TOP) / max(1, len(bars)) - 8)
    for number, (name, kind, repeats) in enumerate(bars):
        y = TOP + number * (height + 8)
        yield _text(BARS[0] - 8, y + height / 2 + 4, name, "end")
        width = max(2.0, repeats / most * (BARS[1] - BARS[0]))
        yield f'<rect class="{kind}" x="{BARS[0]}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"/>'
        yield _text(BARS[0] + width + 6, y + height / 2 + 4, f"{repeats:g}")


def _engines(figures: Figures) -> Iterator[tuple[str, str, float]]:
    published = figures["published"]
    for budget in sorted({row["budget"] for row in figures["instances"]}):
        total = totals(figures["instances"], budget)
        if not total["count"]:
            continue
        yield f"Peerhood, {budget} s", "ours", total["cost"] / 1000
        if total["cp_sat_cost"] is not None:
            yield f"CP-SAT, {budget} s", "peer", total["cp_sat_cost"] / 1000
        if budget == published["seconds"] and total["count"] == 14:
            yield "golfers (published)", "peer", published["pure_cost"] / 1000


def _growth(growth: Sequence[Figures]) -> Iterator[str]:
    yield _text(LINE[0] - 40, 30, "Seconds to the best there is, by people", "title")
    across = Scale(10, 2000, *LINE)
    up = Scale(0.001, 10, BOTTOM, TOP)
    for seconds in (0.001, 0.01, 0.1, 1, 10):
        y = up.at(seconds)
        yield f'<line class="grid" x1="{LINE[0]}" x2="{LINE[1]}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(LINE[0] - 8, y + 4, f"{seconds:g}", "end")
    for people in (20, 100, 500, 2000):
        yield _text(across.at(people), BOTTOM + 22, f"{people:,}", "middle")
    points = [(across.at(row["people"]), up.at(row["seconds"])) for row in growth]
    yield f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
    for x, y in points:
        yield f'<circle class="ours" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
