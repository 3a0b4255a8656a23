"""The full game on each database: a table of attackers and controls, and the two figures that count."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import databases
from bench.promise import attackers, game, reporting
from bench.promise.attackers import Score

# Chosen before a run, and not afterwards. In 1,000 rounds a lift of 25 % does not go unseen, and chance alone hardly
# ever makes one of a hundred attackers look like one.
ROUNDS, CONTROL_ROUNDS, SEED = 1_000, 60, 20261128
# What passes: every attacker's bound is at most this multiple of chance, and none does what chance would do in fewer than
# one of a thousand games (divided by the number of attackers); every control's best attacker is right this often.
MOST_AGAINST_CHANCE, SMALLEST_P, FEWEST_OF_A_CONTROL = 1.25, 0.001, 0.9


@dataclass(frozen=True)
class Outcome:
    pot: list[Score]
    controls: dict[str, Score]

    def has_passed(self) -> bool:
        return (
            all(score.against_chance <= MOST_AGAINST_CHANCE for score in self.pot)
            and all(score.p * len(self.pot) > SMALLEST_P for score in self.pot)
            and all(score.rate >= FEWEST_OF_A_CONTROL for score in self.controls.values())
        )


def play(kind: str, rounds: int, control_rounds: int, seed: int = SEED) -> Outcome:
    """The product and every control on one database."""
    with game.laid(kind, seed) as table:
        pot = attackers.scores([game.play_pot(table, number) for number in range(rounds)])
        controls = {}
        for design in game.DESIGNS:
            played = [game.play_twin(table, design, number) for number in range(control_rounds)]
            if kept := [round for round in played if round]:
                controls[design] = max(attackers.scores(kept), key=lambda score: score.rate)
    return Outcome(pot, controls)


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
        worst = max(score.against_chance for score in outcome.pot)
        figures[f"worst_attacker_upper_bound_vs_chance_{kind}"] = round(worst, 3)
        figures[f"worst_control_hit_rate_{kind}"] = round(min(s.rate for s in outcome.controls.values()), 3)
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
        reporting.write(report, datetime.now(UTC).date().isoformat(), outcomes, SEED)
    return figures
