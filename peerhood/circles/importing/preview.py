"""Preview: what would happen to each row of a list. Pure: values in, values out.

A person is recognised by their address, or, where the list has none, by the key of the
source's own; never by a name alone. Who left or said no is not brought back by a list:
that is theirs to decide. Organisers are changed on the member list, never by a file.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from peerhood.circles.importing.rows import Row, plain
from peerhood.circles.importing.sheets import Sheet


class Fate(StrEnum):
    ADD = "add"
    INVITE = "invite"
    UPDATE = "update"
    KNOWN = "known"
    SKIP = "skip"
    ERROR = "error"


# The fates that write something when the organiser confirms.
WRITES = (Fate.ADD, Fate.INVITE, Fate.UPDATE)


@dataclass(frozen=True)
class Standing:
    """How somebody stands in the circle now."""

    role: str
    state: str
    joined_on: str
    membership_id: int = 0


@dataclass
class Known:
    """Whom the circle has, as far as this organiser may see it.

    Whom another organiser invited is not in here: to this one, they are news (rule 7).
    """

    by_address: dict[str, Standing] = field(default_factory=dict)
    by_key: dict[str, Standing] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def standing_of(self, row: Row) -> Standing | None:
        return self.by_address.get(row.email) or self.by_key.get(row.key or "")


@dataclass
class Planned:
    """One row and its fate. ``why`` is a word for it, and ``facts`` what the sentence needs."""

    row: Row
    fate: Fate
    why: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """Return what is stored until the organiser confirms; empty cells take no room."""
        row = {name: value for name, value in asdict(self.row).items() if value}
        return {"row": row, "fate": self.fate.value, "why": self.why, "facts": self.facts}


def planned(sheet: Sheet, known: Known) -> list[Planned]:
    """Say for each row what would happen, in the order of the file."""
    seen: dict[str, int] = {}
    plan = []
    for row in sheet.rows:
        one = _planned(row, known, seen, invites=sheet.format.invites)
        if one.fate != Fate.ERROR and one.why != "repeats":
            for mark in _marks(row):
                seen.setdefault(mark, row.number)
        plan.append(one)
    return plan


def _marks(row: Row) -> list[str]:
    return [mark for mark in (row.email, row.key) if mark]


def _planned(row: Row, known: Known, seen: dict[str, int], *, invites: bool) -> Planned:
    if invites and [fault.problem for fault in row.faults] == ["no-name"]:
        # LinkedIn lists people who closed their account, without a name.
        return Planned(row, Fate.SKIP, "no-name")
    if row.faults:
        return Planned(row, Fate.ERROR, facts={"faults": [asdict(fault) for fault in row.faults]})
    if repeated := next((seen[mark] for mark in _marks(row) if mark in seen), None):
        return Planned(row, Fate.SKIP, "repeats", {"number": repeated})
    standing = known.standing_of(row)
    one = fate_of(row, standing)
    if standing is None and not row.email and plain(row.name) in known.names:
        one.facts["same_name"] = True
    return one


def fate_of(row: Row, standing: Standing | None) -> Planned:
    """Decide what a row does to somebody who stands so in the circle, or to somebody new."""
    wanted = row.state or "active"
    if wanted in {"left", "declined"}:
        return Planned(row, Fate.KNOWN if standing else Fate.SKIP, "listed-as-gone")
    if standing is None:
        return Planned(row, Fate.INVITE if wanted == "invited" else Fate.ADD, facts=_new(row))
    if standing.state in {"left", "declined"}:
        return Planned(row, Fate.SKIP, standing.state)
    if standing.role == "organiser" or wanted in {"invited", "applied"}:
        return Planned(row, Fate.KNOWN, standing.state)
    changes = {
        name: after
        for name, before, after in (
            ("role", standing.role, row.role),
            ("state", standing.state, row.state or ("active" if standing.state != "paused" else "")),
            ("joined_on", standing.joined_on, row.joined_on),
        )
        if after and after != before
    }
    return Planned(row, Fate.UPDATE, "", changes) if changes else Planned(row, Fate.KNOWN, standing.state)


def _new(row: Row) -> dict[str, Any]:
    return {name: value for name in ("role", "state") if (value := getattr(row, name))}


def counts(fates: Iterable[str]) -> dict[str, int]:
    """Count rows by fate, every fate named."""
    found = Counter(fates)
    return {fate.value: found[fate] for fate in Fate}
