"""Spreadsheet: a plan as CSV, a row for each person and a table for each round."""

import csv
import io

from peerhood.mixing.engine import Plan
from peerhood.mixing.shell.seats import seats_of


def spreadsheet_of(plan: Plan) -> str:
    """Tables are numbered from 1."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["name", *(f"round {number}" for number in plan.problem.rounds)])
    rows.writerows([person, *seats] for person, seats in seats_of(plan).items())
    return text.getvalue().rstrip("\n")
