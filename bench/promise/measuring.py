"""The full game on each database: a table of attackers and controls, and the two figures that count."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import databases
from bench.promise import attackers, game, reporting
from bench.promise.attackers import Score

# Chosen before a run, and not afterwards. In 1,000 rounds a lift of 25 % does not go unseen, and chance alone hardly
# ever makes one of two hundred attackers look like one.
ROUNDS, CONTROL_ROUNDS, SEED = 1_000, 60, 20261129
# A full game is played on both, and only such a one changes the product's promise page.
FULL_ON = {"sqlite", "postgresql"}
# What passes: every attacker's bound is at most this multiple of chance, and none does what chance would do in fewer than
# one of a thousand games (divided by the number of attackers); every control's best attacker is right this often.
MOST_AGAINST_CHANCE, SMALLEST_P, FEWEST_OF_A_CONTROL = 1.25, 0.001, 0.9
# What must find the writers of a control as often: whoever reads these files and finds nothing of the pot can read.
READERS = {
    "time": ("log", "backup", "difference"),
    "logged": ("server log",),
    "redis": ("Redis dump", "Redis log"),
}


@dataclass(frozen=True)
class Outcome:
    """Every attacker of the pot, best first; the best of each control; how well each file was read; and where nothing was."""

    pot: list[Score]
    controls: dict[str, Score]
    readers: dict[str, float] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)

    def has_passed(self) -> bool:
        return (
            all(score.against_chance <= MOST_AGAINST_CHANCE for score in self.pot)
            and all(score.p * len(self.pot) > SMALLEST_P for score in self.pot)
            and all(score.rate >= FEWEST_OF_A_CONTROL for score in self.controls.values())
            and all(rate >= FEWEST_OF_A_CONTROL for rate in self.readers.values())
        )


def play(kind: str, rounds: int, control_rounds: int, seed: int = SEED) -> Outcome:
    """The product and every control on one database."""
    with game.laid(kind, seed) as table:
        played = [game.play_pot(table, number) for number in _told(rounds, kind)]
        controls, readers = {}, {}
        for design in game.DESIGNS:
            twins = [game.play_twin(table, design, number) for number in range(control_rounds)]
            if kept := [round for round in twins if round]:
                found = attackers.scores(kept, merges=False)
                controls[design] = max(found, key=lambda score: score.rate)
                readers |= {file: _best_in(file, found) for file in READERS.get(design, ())}
    by_kind = {of: [round[of] for round in played] for of in played[0]}
    pot = [score for of, kept in by_kind.items() for score in attackers.scores(kept, of)]
    silent = [f"{of}: {name}" for of, kept in by_kind.items() for name in attackers.silent(kept)]
    return Outcome(sorted(pot, key=lambda score: -score.against_chance), controls, readers, silent)


def _told(rounds: int, kind: str) -> Iterator[int]:
    """The numbers of the rounds; whoever waits sees how far they are."""
    for number in range(rounds):
        if number % 50 == 0 and rounds > 100:
            print(f"{kind}: round {number} of {rounds}", file=sys.stderr, flush=True)
        yield number


def _best_in(file: str, found: list[Score]) -> float:
    """How often whoever reads notes in this file is right, at best."""
    read = [score for score in found if f" × {file}" in score.attacker]
    return max((score.rate for score in read), default=0.0)


def measure(
    rounds: int = ROUNDS, control_rounds: int = CONTROL_ROUNDS, report: Path | None = None
) -> dict[str, float]:
    """Play on each database, print the table, and return the figures by name; ``report`` is a page to write it to."""
    figures: dict[str, float] = {}
    outcomes = {}
    for kind in databases.reachable():
        outcome = play(kind, rounds, control_rounds)
        outcomes[kind] = outcome
        print(f"\n{kind}: {rounds} rounds of 12, chance 8.3 %")
        print(f"{'attacker: people × notes':<48}{'right':>8}{'bound':>8}{'× chance':>10}{'p':>8}")
        for score in outcome.pot:
            figured = (
                f"{score.rate:>8.1%}{score.upper_bound:>8.1%}{score.against_chance:>10.2f}{score.p:>8.3f}"
            )
            print(f"{score.attacker:<48}{figured}")
        print(f"{'control, its best attacker':<48}{'right':>8}")
        for design, score in outcome.controls.items():
            print(f"{design + ': ' + score.attacker:<48}{score.rate:>8.1%}")
        print(f"{'who reads this finds a control':<48}{'right':>8}")
        for file, rate in outcome.readers.items():
            print(f"{file:<48}{rate:>8.1%}")
        print("nothing was found of: " + "; ".join(outcome.silent))
        worst = max(score.against_chance for score in outcome.pot)
        figures[f"worst_attacker_upper_bound_vs_chance_{kind}"] = round(worst, 3)
        figures[f"worst_control_hit_rate_{kind}"] = round(min(s.rate for s in outcome.controls.values()), 3)
        figures[f"worst_reader_hit_rate_{kind}"] = round(min(outcome.readers.values()), 3)
    figures["worst_attacker_upper_bound_vs_chance"] = max(
        value for name, value in figures.items() if name.startswith("worst_attacker")
    )
    figures["worst_control_hit_rate"] = min(
        value for name, value in figures.items() if name.startswith("worst_control")
    )
    figures["passed"] = int(all(outcome.has_passed() for outcome in outcomes.values()))
    print("\nPASSED" if figures["passed"] else "\nNOT PASSED")
    for name, value in figures.items():
        print(f"{name:<56}{value:>8}")
    if report:
        day = datetime.now(UTC).date().isoformat()
        reporting.write(report, day, outcomes, SEED)
        # The promise page tells of full games only.
        if rounds >= ROUNDS and set(outcomes) == FULL_ON:
            reporting.write_figures(day, outcomes, MOST_AGAINST_CHANCE)
    return figures
