"""Columns: what a list of people may be headed with, in English or Swedish, and what its cells may say."""

from collections.abc import Sequence

from peerhood.mixing.shell.faults import Fault, said

HEADINGS = {
    "name": ("name", "namn"),
    "group": ("group", "grupp"),
    "sector": ("sector", "sektor", "bransch"),
    "first_timer": ("first_timer", "förstagångare", "ny"),
    "greeter": ("greeter", "mottagare"),
    "companion_of": ("companion_of", "i_sällskap_med"),
    "apart_from": ("apart_from", "inte_med"),
}
YES = {"yes", "y", "true", "1", "x", "ja", "j", "sant"}
NO = {"", "no", "n", "false", "0", "-", "nej", "falskt"}


def columns_of(header: Sequence[str]) -> tuple[dict[str, int], list[str], list[Fault]]:
    """Where each known column stands, which are not known, and what is wrong.

    >>> columns_of(["Namn", "First timer", "Shoe size"])
    ({'name': 0, 'first_timer': 1}, ['Shoe size'], [])
    """
    columns: dict[str, int] = {}
    unknown: list[str] = []
    faults: list[Fault] = []
    for number, heading in enumerate(header):
        word = heading.casefold().replace(" ", "_").replace("-", "_")
        column = next((name for name, words in HEADINGS.items() if word in words), None)
        if column is None:
            unknown += [heading] if heading else []
        elif column in columns:
            faults.append(Fault("row 1", f"the column {column} is there twice"))
        else:
            columns[column] = number
    if "name" not in columns:
        faults.append(Fault("row 1", f"no column is headed name; the columns may be {', '.join(HEADINGS)}"))
    return columns, unknown, faults


def is_yes(cell: str) -> bool:
    """Read a yes or a no; an empty cell is a no. ``ValueError`` tells what else it may be."""
    word = cell.casefold()
    if word in YES or word in NO:
        return word in YES
    raise ValueError(f"must be yes or no, not {said(cell)}")
