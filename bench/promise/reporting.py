"""The game's outcome as tables in Markdown, for docs/promise.md."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from bench.promise.attackers import Score

BEGIN, END = "<!-- linking game -->", "<!-- end of the linking game -->"
SHOWN = 8


class Outcome(Protocol):
    """What came of the game on one database."""

    pot: list[Score]
    controls: Mapping[str, Score]

    def has_passed(self) -> bool: ...


def write(page: Path, day: str, outcomes: Mapping[str, Outcome], seed: int) -> None:
    """Put the tables of this run between the page's marks."""
    before, _mark, rest = page.read_text().partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    sections = [_section(kind, outcome) for kind, outcome in outcomes.items()]
    words = f"Played on {day} with `bin/bench promise`, seed {seed}."
    page.write_text(f"{before}{BEGIN}\n{words}\n\n" + "\n".join(sections) + END + after)


def _section(kind: str, outcome: Outcome) -> str:
    pot, best = outcome.pot, outcome.pot[0]
    lines = [
        f"### {kind}",
        "",
        f"**{'Passed' if outcome.has_passed() else 'Not passed'}.** {len(pot)} attackers, {best.rounds_count} rounds "
        f"of {best.size} notes; chance is {1 / best.size:.1%}. The {SHOWN} best of them:",
        "",
        "| people in the order of × notes in the order of | right | 95 % bound | bound against chance | p |",
        "| --- | --: | --: | --: | --: |",
        *(
            f"| {score.attacker} | {score.rate:.1%} | {score.upper_bound:.1%} | {score.against_chance:.2f} | "
            f"{score.p:.3f} |"
            for score in pot[:SHOWN]
        ),
        "",
        "| control | its best attacker | right |",
        "| --- | --- | --: |",
        *(
            f"| {design} | {score.attacker} | {score.rate:.1%} |"
            for design, score in outcome.controls.items()
        ),
        "",
    ]
    return "\n".join(lines)
