"""Rules: for each relation to a person, what an export says of it, and what an erasure does.

A step declares its own in ``<step>/personal_data.py``; they are read at the start, the last step
first, and an erasure follows them in that order. A relation without a rule fails a test.

    rule(Rsvp, "person", "answers", {"gathering": "gathering.title"}, erase=give_up_seats)
    rule(Rsvp, "companion", unsaid="It is the other person's answer.", erase=let_go)
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from peerhood.people.models import Person

# A column of the export: a path along the row ("gathering.title"), or what makes a cell of row and person.
Told = str | Callable[[Any, Person], Any]
Says = Mapping[str, Told]
Erase = Callable[["Rows"], None]
Cell = str | int | float | bool | list | dict | None


@dataclass(frozen=True)
class Rule:
    """What becomes of the rows of ``model`` that name somebody in ``field``."""

    model: type[models.Model]
    field: str
    erase: Erase
    # The table of the export it fills, with others where somebody is named in two ways; or why it fills none.
    table: str = ""
    says: Says = dataclasses.field(default_factory=dict)
    unsaid: str = ""


@dataclass(frozen=True)
class Rows:
    """The rows in which one rule finds a person."""

    rule: Rule
    person: Person

    def all(self) -> models.QuerySet:
        return self.rule.model._base_manager.filter(**{self.rule.field: self.person}).order_by("pk")

    def told(self) -> list[dict[str, Cell]]:
        """What the export says, a dict a row."""
        rows = self.all().select_related(*_relations(self.rule))
        return [
            {name: plain(_cell(row, said, self.person)) for name, said in self.rule.says.items()}
            for row in rows.iterator(chunk_size=500)
        ]


_rules: list[Rule] = []
_obstacles: list[Callable[[Person], Iterable[str]]] = []
_words: list[Callable[[Person, list[str]], None]] = []


def rule(
    model: type[models.Model],
    field: str,
    table: str = "",
    says: Says | None = None,
    *,
    erase: Erase,
    unsaid: str = "",
) -> None:
    """Declare what becomes of a relation. What an export says, or why it says nothing, has to be given."""
    if bool(says) == bool(unsaid):
        raise TypeError(f"{model.__name__}.{field}: say what the export tells, or why it tells nothing.")
    _rules.append(Rule(model, field, erase, table, says or {}, unsaid))


def obstacle(asked: Callable[[Person], Iterable[str]]) -> Callable[[Person], Iterable[str]]:
    """Register what may have to be done before somebody can be erased; each reason is a sentence.

    It is asked within the erasure's transaction, and takes the locks that keep its answer true.
    """
    _obstacles.append(asked)
    return asked


def words_of_others(forget: Callable[[Person, list[str]], None]) -> Callable[[Person, list[str]], None]:
    """Register an act that takes a person's name and addresses out of texts that no relation leads to."""
    _words.append(forget)
    return forget


def forget_words_of(person: Person) -> None:
    """Take out what others wrote, while it is still known what to look for."""
    if person.erased_at is None:
        addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
        for forget in _words:
            forget(person, sorted({*addresses, *filter(None, [person.email])}))


def declared() -> list[Rule]:
    """Every rule, the last step's first."""
    return list(_rules)


def obstacles_for(person: Person) -> list[str]:
    return [reason for asked in _obstacles for reason in asked(person)]


def tables() -> list[str]:
    """The tables of an export, in the order of the line of steps."""
    return list(dict.fromkeys(rule.table for rule in reversed(_rules) if rule.table))


def told_in(table: str, person: Person) -> list[dict[str, Cell]]:
    """All that one table of the export says of a person."""
    return [row for rule in _rules if rule.table == table for row in Rows(rule, person).told()]


# What most erasures do.


def delete(rows: Rows) -> None:
    """It was theirs alone."""
    rows.all().delete()


def keep(rows: Rows) -> None:
    """Others were part of it: it stays, and shows a former member."""


def let_go(rows: Rows) -> None:
    """It stays without naming anybody."""
    rows.all().update(**{rows.rule.field: None})


def plain(value: Any) -> Cell:
    """A value as JSON and a spreadsheet can hold it."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, float, bool, list, dict)):
        return value
    return str(value)


def _cell(row: Any, said: Told, person: Person) -> Any:
    if callable(said):
        return said(row, person)
    for name in said.split("."):
        row = getattr(row, name) if row is not None else None
    return row


def _relations(rule: Rule) -> list[str]:
    """What is fetched along with the rows, so that a thousand of them take one question."""
    found = [rule.field]
    for said in rule.says.values():
        model, passed = rule.model, []
        for name in said.split(".") if isinstance(said, str) else []:
            relation = model._meta.get_field(name) if name in _fields(model) else None
            if relation is None or relation.related_model is None:
                break
            passed.append(name)
            model = relation.related_model
        if passed:
            found.append(LOOKUP_SEP.join(passed))
    return found


def _fields(model: type[models.Model]) -> set[str]:
    return {each.name for each in model._meta.concrete_fields}
