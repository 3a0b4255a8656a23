"""One table: nothing else in the product compares levels of confidentiality, but for the few that stand here with why."""

import re
from pathlib import Path

import peerhood

ROOT = Path(peerhood.__file__).parent
COMPARED = re.compile(r"(confidentiality|\blevel)\s*(==|!=)|(==|!=)\s*(AgendaItem\.)?Confidentiality\.")
KNOWN = {
    # What an agenda has to say of itself before it is published is no surface: nothing gets out by it.
    "gatherings/agenda.py",
    # A pill that says which level it is, where it is not open.
    "rooms/templates/rooms/phone.html",
    "rooms/templates/rooms/run.html",
    "rooms/templates/rooms/screen.html",
    # Whether one line holds for the whole day.
    "gatherings/views/reading.py",
}
# Levels of other things: who reads a profile, how high a heading is.
OTHER = {"people", "design", "circles"}


def comparing(files) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in files if COMPARED.search(path.read_text())}


def test_levels_are_compared_nowhere_but_in_the_table():
    files = [path for ending in ("py", "html", "txt") for path in ROOT.rglob(f"*.{ending}")]
    own = [
        path
        for path in files
        if not {"tests", "migrations", *OTHER} & set(path.relative_to(ROOT).parts) and path.name != "confidentiality.py"
    ]  # fmt: skip
    assert len(own) > 300
    assert comparing(own) == KNOWN


def test_control_a_copy_of_the_rule_is_found():
    for copy in ('{% if level == "chatham" %}', "item.confidentiality != Confidentiality.OPEN", "x == AgendaItem.Confidentiality.OPEN"):  # fmt: skip
        assert COMPARED.search(copy)
