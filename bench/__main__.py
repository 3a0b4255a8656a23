"""``bin/bench web``, ``opening``, ``people``, ``alike``, ``promise``, ``rooms`` and ``mixing``: measure, print a table, and write the figures."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    benches = parser.add_subparsers(
        required=True, metavar="web | opening | people | alike | promise | rooms | mixing"
    )
    for name, add in {
        "web": _add_web,
        "opening": _add_opening,
        "people": _add_people,
        "alike": _add_alike,
        "promise": _add_promise,
        "rooms": _add_rooms,
        "mixing": _add_mixing,
    }.items():
        bench = benches.add_parser(name)
        bench.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
        bench.set_defaults(measure=add(bench))
    arguments = parser.parse_args()
    figures = arguments.measure(arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
    # A bench that knows what has to come out says so to whoever started it.
    raise SystemExit(0 if figures.get("passed", True) else 1)


Measure = Callable[[argparse.Namespace], dict[str, Any]]


def _add_web(parser: argparse.ArgumentParser) -> Measure:
    from bench import web

    return lambda _arguments: web.measure()


def _add_opening(parser: argparse.ArgumentParser) -> Measure:
    from bench import opening

    parser.add_argument("--people", type=int, default=500, metavar="N")
    parser.add_argument("--places", type=int, default=40, metavar="N")
    return lambda arguments: opening.measure(arguments.people, arguments.places)


def _add_people(parser: argparse.ArgumentParser) -> Measure:
    from bench import people

    parser.add_argument(
        "--sizes", type=lambda sizes: tuple(map(int, sizes.split(","))), default=people.SIZES, metavar="N,N"
    )
    return lambda arguments: people.measure(arguments.sizes)


def _add_alike(parser: argparse.ArgumentParser) -> Measure:
    from bench import alike

    parser.add_argument("--times", type=int, default=alike.TIMES, metavar="N")
    return lambda arguments: alike.measure(arguments.times)


def _add_promise(parser: argparse.ArgumentParser) -> Measure:
    from bench.promise import measuring

    parser.add_argument("--rounds", type=int, default=measuring.ROUNDS, metavar="N")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the tables into this page")
    return lambda arguments: measuring.measure(arguments.rounds, report=arguments.report)


def _add_rooms(parser: argparse.ArgumentParser) -> Measure:
    from bench.rooms import measuring

    parser.add_argument("--phones", type=int, default=measuring.PHONES, metavar="N")
    parser.add_argument("--runs", type=int, default=measuring.RUNS, metavar="N")
    parser.add_argument("--changes", type=int, default=measuring.CHANGES, metavar="N")
    return lambda arguments: measuring.measure(arguments.phones, arguments.runs, arguments.changes)


def _add_mixing(parser: argparse.ArgumentParser) -> Measure:
    from bench.mixing import measuring, plot, report

    parser.add_argument("--quick", action="store_true", help="one second for each instance")
    parser.add_argument("--only", type=lambda names: names.split(","), default=[], metavar="NAME,NAME")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--report", type=Path, metavar="docs/mixing.md", help="write the page and its drawing"
    )

    def measure(arguments: argparse.Namespace) -> dict[str, Any]:
        figures = measuring.measure(is_quick=arguments.quick, only=arguments.only, seed=arguments.seed)
        print(report.report_of(figures))
        if page := arguments.report:
            drawing = page.with_suffix(".svg")
            drawing.write_text(plot.plot_of(figures) + "\n")
            page.write_text(report.report_of(figures, drawing.name))
        return figures

    return measure


if __name__ == "__main__":
    main()
