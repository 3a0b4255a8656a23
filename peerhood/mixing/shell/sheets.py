"""Sheets: a plan as a page to print, with a sheet for each round and one to find a name on."""

from collections.abc import Iterator
from html import escape

from peerhood.mixing.engine import Plan
from peerhood.mixing.shell.seats import seats_of

STYLE = """
  :root { color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif }
  body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
  section { break-after: page; margin-block-end: 3rem }
  .tables { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)) }
  .table { border: 1px solid; border-radius: .5rem; break-inside: avoid; padding: .75rem 1rem }
  h2, ul { margin: 0 } ul { list-style: none; padding: 0 }
  table { border-collapse: collapse; width: 100% }
  th, td { border-block-end: 1px solid; padding: .2rem .5rem; text-align: center }
  th:first-child, td:first-child { text-align: start } thead { display: table-header-group } tr { break-inside: avoid }
"""


def sheets_of(plan: Plan) -> str:
    """One HTML document that needs nothing else."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            "<title>Who sits with whom</title>",
            f"<style>{STYLE}</style>",
            *_rounds(plan),
            *_names(plan),
            "</html>",
        ]
    )


def _rounds(plan: Plan) -> Iterator[str]:
    for number, tables in enumerate(plan.rounds, 1):
        yield f'<section><h1>Round {number}</h1><div class="tables">'
        for at, table in enumerate(tables, 1):
            if table:
                names = "".join(f"<li>{escape(str(person))}</li>" for person in table)
                yield f'<div class="table"><h2>Table {at}</h2><ul>{names}</ul></div>'
        yield "</div></section>"


def _names(plan: Plan) -> Iterator[str]:
    numbers = "".join(f'<th scope="col">Round {number}</th>' for number in plan.problem.rounds)
    yield f'<section><h1>Find your table</h1><table><thead><tr><th scope="col">Name</th>{numbers}</tr></thead><tbody>'
    for person, seats in sorted(seats_of(plan).items(), key=lambda seated: str(seated[0]).casefold()):
        cells = "".join(f"<td>{number}</td>" for number in seats)
        yield f"<tr><td>{escape(str(person))}</td>{cells}</tr>"
    yield "</tbody></table></section>"
