"""``bin/bench web [--json FILE]``: measure, print a table, and write the figures."""

import argparse
import json
from pathlib import Path

from bench import web

BENCHES = {"web": web.measure}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("bench", choices=BENCHES)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    figures = BENCHES[arguments.bench]()
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
