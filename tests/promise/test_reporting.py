"""What a full game writes is what the promise page reads."""

from bench.promise import reporting
from bench.promise.attackers import Score
from bench.promise.measuring import Outcome
from peerhood.pages import promise


def test_the_figures_are_those_that_the_game_wrote(tmp_path):
    """Twelve notes, a hundred rounds: the better attacker was right 150 times of 1,200."""
    pot = [Score("rows × rows", 150, 100, 12), Score("rows × keys", 90, 100, 12)]
    controls = {"time": Score("rows × rows", 70, 6, 12), "uuid": Score("rows × rows", 66, 6, 12)}
    file = tmp_path / "figures.json"
    reporting.write_figures("2026-12-01", {"sqlite": Outcome(pot, controls)}, 1.25, file)
    figures = promise.figures(file)
    assert (f"{figures.played_on}", figures.rounds_count, figures.notes_count) == ("2026-12-01", 100, 12)
    assert (figures.has_passed, [each.name for each in figures.beyond]) == (False, ["SQLite"])
    (sqlite,) = figures.databases
    assert (sqlite.attackers_count, sqlite.best_percent, sqlite.worst_control) == (2, 12.5, 0.917)
    assert sqlite.against_chance == round(pot[0].against_chance, 3)


def test_control_a_game_that_passed_is_written_as_one(tmp_path):
    pot = [Score("rows × rows", 100, 100, 12)]
    controls = {"time": Score("rows × rows", 72, 6, 12)}
    file = tmp_path / "figures.json"
    reporting.write_figures("2026-12-01", {"sqlite": Outcome(pot, controls)}, 1.25, file)
    assert (promise.figures(file).has_passed, promise.figures(file).beyond) == (True, [])
