"""What the table beside this file says, for each route and method."""

from pathlib import Path

FILE = Path(__file__).with_name("table.txt")
ROLES = ("visitor", "outsider", "member", "host", "organiser")


def rows() -> dict[tuple[str, str], dict[str, str]]:
    """(route, method) to what each role is answered."""
    table = {}
    for line in FILE.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            route, method, *answers = line.split()
            table[route, method] = dict(zip(ROLES, answers, strict=True))
    return table
