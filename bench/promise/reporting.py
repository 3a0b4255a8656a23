"""The game's outcome as tables in Markdown, for docs/promise.md."""

from collections.abc import Mapping
from pathlib import Path

from bench.promise.attackers import Score

BEGIN, END = "<!-- linking game -->", "<!-- end of the linking game -->"
SHOWN = 8


def write(
    page: Path, day: str, outcomes: Mapping[str, tuple[list[Score], Mapping[str, Score]]], seed: int
) -> None:
    """Put the tables of this run between the page's marks."""
    before, _mark, rest = page.read_text().partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    sections = [_section(kind, *outcome) for kind, outcome in outcomes.items()]
    words = f"Played on {day} with `bin/bench promise`, seed {seed}."
    page.write_text(f"{before}{BEGIN}\n{words}\n\n" + "\n".join(sections) + END + after)


def _section(kind: str, pot: list[Score], controls: Mapping[str, Score]) -> str:
    best = pot[0]
    lines = [
        f"### {kind}",
        "",
        f"{len(pot)} attackers, {max(score.rounds_count for score in pot)} rounds of {best.size} notes; "
        f"chance is {1 / best.size:.1%}. The {SHOWN} best of them:",
        "",
        "| people in the order of × notes in the order of | right | 95 % bound | bound against chance |",
        "| --- | --: | --: | --: |",
        *(
            f"| {score.attacker} | {score.rate:.1%} | {score.upper_bound:.1%} | {score.against_chance:.2f} |"
            for score in pot[:SHOWN]
        ),
        "",
        "| control | its best attacker | right |",
        "| --- | --- | --: |",
        *(f"| {design} | {score.attacker} | {score.rate:.1%} |" for design, score in controls.items()),
        "",
    ]
    return "\n".join(lines)
