"""``peerhood mix``: what may be typed. The engine is imported only when there is something to seat."""

import argparse
from collections.abc import Callable, Sequence

from peerhood.mixing.shell import MOST_ROUNDS

LONGEST_SECONDS = 86_400
USUAL_SECONDS = 2.0
MOST_MOVES = 10**11
MOST_SEED = 2**62
LARGEST_TABLE = 1_000
INTERRUPTED = 130

HELP = """\
Seat a list of people so that everyone meets someone new.

  peerhood mix people.csv --tables 6x5 --rounds 4
  peerhood mix people.csv --size 5 --rounds 4 --history may.json --json > june.json

The list is CSV in UTF-8, with commas, semicolons or tabs, headed by any of these:

  name          required, and nobody twice
  group         who knows whom already: sharing a table counts as a repeat
  sector        what the modes look at
  first_timer   yes or no: sits with a greeter in round 1
  greeter       yes or no: welcomes first-timers
  companion_of  names, with ; between: may share a table in round 1 only
  apart_from    names, with ; between: share no table at all

A round is mixed (only meetings count), similar (each table of one sector) or
diverse (each of many). Unless told, all are diverse where the list has sectors,
else mixed.

A history is what --json wrote, {"rounds": [[["Ada", "Ben"], ...], ...]}, or a
list of such, newest first; "age": 3 would say that it was three gatherings ago.
Names that are not on this list are passed over.
"""
ENDING = """\
Wrong input is told by row and column, and ends with 2. Ctrl-C shows the best
plan so far, and ends with 130.
"""


def main(arguments: Sequence[str]) -> int:
    """Do what was typed after ``peerhood mix``; returns the exit code."""
    parser = _parser()
    typed = parser.parse_args(arguments)
    if reason := _refusal(typed):
        parser.error(reason)
    try:
        return _mix(typed)
    except KeyboardInterrupt:
        # Before the search, or for the second time: there is nothing to show.
        return INTERRUPTED


def _mix(typed: argparse.Namespace) -> int:
    from peerhood.mixing.shell import mixing

    seconds = USUAL_SECONDS if typed.seconds is None and typed.moves is None else typed.seconds
    wanted = mixing.Wanted(typed.seed, seconds, typed.moves, typed.form or "text", typed.why)
    if typed.instance:
        path, name = typed.instance
        return mixing.mix_instance(path, name, wanted)
    return mixing.mix_people(
        typed.people,
        wanted,
        tables=typed.tables,
        size=typed.size,
        rounds=typed.rounds,
        modes=typed.modes,
        history=typed.history,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="peerhood mix",
        description=HELP,
        epilog=ENDING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    option = parser.add_argument
    option("people", metavar="people.csv", nargs="?", help="the list; - is standard input")
    option("--tables", metavar="6x5", help="six tables of five; also 5,5,4 or 3x5,2x4")
    option(
        "--size",
        type=_whole(2, LARGEST_TABLE),
        metavar="N",
        help="instead: tables of about N, as many as it takes",
    )
    option("--rounds", type=_whole(1, MOST_ROUNDS), metavar="N", help="how often people sit down anew")
    option("--modes", metavar="MODE,...", help="one for each round, or one for all: mixed, similar, diverse")
    option(
        "--history",
        action="append",
        default=[],
        metavar="past.json",
        help="an earlier run; again for older ones",
    )
    option("--seed", type=_whole(0, MOST_SEED), default=1, metavar="N", help="another number, other seats")
    option("--seconds", type=_seconds, metavar="S", help="how long the command may take; 2 unless told")
    option(
        "--moves",
        type=_whole(0, MOST_MOVES),
        metavar="N",
        help="instead: swaps to consider; same seed, same seats",
    )
    option(
        "--instance",
        nargs=2,
        metavar=("FILE", "NAME"),
        help="instead of people: an instance of the benchmark",
    )
    option("--why", action="store_true", help="add a sentence for every seat")
    forms = parser.add_mutually_exclusive_group()
    add_form = forms.add_argument
    add_form(
        "--json",
        dest="form",
        action="store_const",
        const="json",
        help="for a program, or the next run's history",
    )
    add_form(
        "--csv",
        dest="form",
        action="store_const",
        const="csv",
        help="a row for each person, a table for each round",
    )
    add_form(
        "--print",
        dest="form",
        action="store_const",
        const="print",
        help="a page (HTML): a sheet a round, one of names",
    )
    return parser


def _refusal(typed: argparse.Namespace) -> str | None:
    """Why these options do not go together."""
    if bool(typed.people) == bool(typed.instance):
        return "name a list of people, or --instance FILE NAME"
    if typed.instance and (typed.tables or typed.size or typed.rounds or typed.modes or typed.history):
        return "an instance brings its own tables, rounds, modes and history"
    if typed.people and (typed.tables is None) == (typed.size is None):
        return "say which tables there are: --tables 6x5, or --size 5"
    if typed.people and typed.rounds is None:
        return "say how many rounds there are: --rounds 4"
    if typed.seconds is not None and typed.moves is not None:
        return "choose either --seconds or --moves"
    if typed.why and typed.form:
        return f"--why is told in words, so it does not go with --{typed.form}"
    return None


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 20 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"must be a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_SECONDS:
        raise argparse.ArgumentTypeError(f"must be more than 0 and at most {LONGEST_SECONDS}, not {text!r}")
    return seconds
