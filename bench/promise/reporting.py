"""The game's outcome as tables in Markdown, for docs/promise.md, and as figures for the product's promise page."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from bench.promise.attackers import Score

FIGURES = Path(__file__).parents[2] / "peerhood" / "pages" / "promise_figures.json"
BEGIN, END = "<!-- linking game -->", "<!-- end of the linking game -->"
SHOWN = 8
# A file is searched for where each mark stands first, and last.
SIDES = (", first", ", last")


class Outcome(Protocol):
    """What came of the game on one database."""

    pot: list[Score]
    controls: Mapping[str, Score]
    readers: Mapping[str, float]
    silent: list[str]

    def has_passed(self) -> bool: ...


def write(page: Path, day: str, outcomes: Mapping[str, Outcome], seed: int) -> None:
    """Put the tables of this run between the page's marks."""
    before, _mark, rest = page.read_text().partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    sections = [_section(kind, outcome) for kind, outcome in outcomes.items()]
    words = f"Played on {day} with `bin/bench promise`, seed {seed}."
    page.write_text(f"{before}{BEGIN}\n{words}\n\n" + "\n".join(sections) + END + after)


def write_figures(
    day: str, outcomes: Mapping[str, Outcome], most_against_chance: float, file: Path = FIGURES
) -> None:
    """Write what the promise page shows of this run; the page reads nothing else of it."""
    best = next(iter(outcomes.values())).pot[0]
    figures = {
        "played_on": day,
        "rounds_count": best.rounds_count,
        "notes_count": best.size,
        "most_against_chance": most_against_chance,
        "has_passed": all(outcome.has_passed() for outcome in outcomes.values()),
        "databases": [_figures(kind, outcome) for kind, outcome in outcomes.items()],
    }
    file.write_text(json.dumps(figures, indent=2) + "\n")


def _figures(kind: str, outcome: Outcome) -> dict[str, str | int | float]:
    best = outcome.pot[0]
    return {
        "kind": kind,
        "attackers_count": len(outcome.pot),
        "best_rate": round(best.rate, 3),
        "best_bound": round(best.upper_bound, 3),
        "against_chance": round(best.against_chance, 3),
        "worst_control": round(min(score.rate for score in outcome.controls.values()), 3),
    }


def _section(kind: str, outcome: Outcome) -> str:
    pot, best = outcome.pot, outcome.pot[0]
    lines = [
        f"### {kind}",
        "",
        f"**{'Passed' if outcome.has_passed() else 'Not passed'}.** {len(pot)} attackers, {best.rounds_count} rounds "
        f"of {best.size} people; chance is {1 / best.size:.1%}. The {SHOWN} best of them:",
        "",
        "| what: people in the order of × notes or votes in the order of | right | 95 % bound | bound against chance | p |",
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
        *_told_of_files(outcome),
    ]
    return "\n".join(lines)


def _told_of_files(outcome: Outcome) -> list[str]:
    read = ", ".join(f"{file} {rate:.1%}" for file, rate in outcome.readers.items())
    nothing: dict[str, list[str]] = {}
    for each in outcome.silent:
        of, _colon, name = each.partition(": ")
        file = name.removesuffix(SIDES[0]).removesuffix(SIDES[1])
        nothing[of] = list(dict.fromkeys([*nothing.get(of, []), file]))
    return [
        *([f"Whoever reads a file finds the writers of a control in it: {read}.", ""] if read else []),
        *(["Nothing at all was found", ""] if nothing else []),
        *(f"* of {of} in: {', '.join(files)}" for of, files in nothing.items()),
        *([""] if nothing else []),
    ]
