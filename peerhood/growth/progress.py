"""How far somebody is in a cycle. Pure: rows in, numbers out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peerhood.growth.models import Cycle, Entry
from peerhood.growth.quarters import hours
from peerhood.packs.cpd import Words, said


@dataclass(frozen=True)
class Line:
    """One thing a certification asks for; ``key`` is total, education, or a side's."""

    key: str
    name: str
    has_quarters: int
    asks_quarters: int

    @property
    def has(self) -> str:
        return hours(self.has_quarters)

    @property
    def asks(self) -> str:
        return hours(self.asks_quarters)

    @property
    def is_met(self) -> bool:
        return self.has_quarters >= self.asks_quarters


def counting(cycle: Cycle, entries: Iterable[Entry]) -> list[Entry]:
    """Those of its days, and with a reflection where one is asked for."""
    needs_reflection = cycle.rule is not None and cycle.rule.with_reflection
    return [
        entry
        for entry in entries
        if cycle.starts_on <= entry.day <= cycle.ends_on
        and (entry.reflection.strip() or not needs_reflection)
    ]


def lines(cycle: Cycle, entries: Iterable[Entry], sides: Mapping[str, Words], language: str) -> list[Line]:
    """What the cycle's rule asks for, and what there is of it. Only education has sides."""
    rule = cycle.rule
    if rule is None:
        return []
    counted = counting(cycle, entries)
    education = [entry for entry in counted if entry.is_education]
    found = [Line("total", "", sum(entry.quarters for entry in counted), rule.total_quarters)]
    if rule.education_quarters:
        found.append(
            Line("education", "", sum(entry.quarters for entry in education), rule.education_quarters)
        )
    if rule.side_quarters:
        found += [
            Line(
                key,
                said(name, language),
                sum(each.split.get(key, 0) for each in education),
                rule.side_quarters,
            )
            for key, name in sides.items()
        ]
    return found
