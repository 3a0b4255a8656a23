"""Finding people among 1,000, 10,000 and 100,000, on both databases: search, the directory page, others like me.

Every size is a database of its own with invented people in circles of thirty. Times are of one
process that asks one thing after another; processor time stands beside them, because the
machine may be busy with something else.
"""

import json
import os

from bench import databases

SIZES = (1_000, 10_000, 100_000)
WORDS = {"search": "search", "directory": "the directory page", "others_like_me": "others like me"}


Rows = dict[str, dict[int, dict]]  # by database, by size


def measure(sizes: tuple[int, ...] = SIZES) -> dict[str, float]:
    """Measure every size on every database, print the table, and return the figures by name."""
    rows: Rows = {kind: {} for kind in databases.reachable()}
    for kind, by_size in rows.items():
        for size in sizes:
            with databases.fresh(kind) as environment:
                by_size[size] = json.loads(databases.run(["-m", "bench.make_people", str(size)], environment))
    figures = figures_of(rows) | {"load_average": round(os.getloadavg()[0], 1)}
    _print(rows, figures)
    return figures


def figures_of(rows: Rows) -> dict[str, float]:
    """The 95th percentiles, and how the directory page's grows from the smallest size to the largest."""
    sizes = list(next(iter(rows.values())))
    first, last = (f"{size // 1000}k" for size in (sizes[0], sizes[-1]))
    figures = {
        f"{what}_p95_ms_{size // 1000}k_{kind}": by_size[size][what]["p95_ms"]
        for kind, by_size in rows.items()
        for size in sizes
        for what in WORDS
    }
    growths = [
        figures[f"directory_p95_ms_{last}_{kind}"] / figures[f"directory_p95_ms_{first}_{kind}"]
        for kind in rows
    ]
    # The worse of the databases.
    return figures | {f"directory_p95_growth_{first}_{last}": round(max(growths), 2)}


def _print(rows: Rows, figures: dict[str, float]) -> None:
    print(
        f"\nMilliseconds, median / p95 / worst (p95 of processor time); load average {figures['load_average']}\n"
    )
    for kind, by_size in rows.items():
        sizes = list(by_size)
        print(f"{kind:<22}" + "".join(f"{size:>34,}" for size in sizes) + f"{'growth of p95':>16}")
        for what, words in WORDS.items():
            cells = "".join(f"{_cell(by_size[size][what]):>34}" for size in sizes)
            growth = by_size[sizes[-1]][what]["p95_ms"] / by_size[sizes[0]][what]["p95_ms"]
            print(f"{words:<22}{cells}{growth:>15.1f}×")
        print(
            f"{'written and indexed, s':<22}"
            + "".join(f"{_made(by_size[size]):>34}" for size in sizes)
            + "\n"
        )


def _cell(row: dict) -> str:
    return f"{row['p50_ms']:.1f} / {row['p95_ms']:.1f} / {row['worst_ms']:.1f} ({row['cpu_p95_ms']:.1f})"


def _made(row: dict) -> str:
    return f"{row['made_seconds']:.0f} + {row['indexed_seconds']:.0f}"
