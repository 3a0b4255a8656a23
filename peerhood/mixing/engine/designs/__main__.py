"""Find a design: ``python -m peerhood.mixing.engine.designs 8-4-10`` prints an entry for the catalogue.

Where the catalogue has the design, its symmetry is searched again; otherwise many symmetries are.
"""

import sys

from peerhood.mixing.engine.designs import catalogue
from peerhood.mixing.engine.designs.entry import written
from peerhood.mixing.engine.designs.exploring import explore, search_again


def main() -> int:
    missing = 0
    for name in sys.argv[1:]:
        tables, size, rounds = map(int, name.split("-"))
        known = catalogue.entry(tables, size, rounds)
        found = search_again(known) if known else explore(tables, size, rounds)
        print(written(found) if found else f"{name}: nothing found")
        missing += found is None
    return min(missing, 1)


if __name__ == "__main__":
    sys.exit(main())
