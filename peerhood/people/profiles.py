"""Profiles: what people say about themselves, on arrival and whenever it changes.

The three questions of the welcome page are asked once and may be skipped; the same
answers, and more, can be changed at any time. Each answer says who sees it.
"""

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from peerhood import journal, packs
from peerhood.people import searching
from peerhood.people.models import Person
from peerhood.people.seeing import traits
from peerhood.platform import presence


@transaction.atomic
def change(person: Person, **fields: Any) -> None:
    """Write what a person says about themselves, and who sees it (``visibility``)."""
    presence.hold(person)
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
    traits.write([person], packs.current())
    searching.write(person)
    journal.record("profile.changed", person, by=person)


@transaction.atomic
def welcome(person: Person, **answers: Any) -> None:
    """Take the answers to the three questions, or none: they are not asked again either way."""
    presence.hold(person)
    if answers:
        change(person, **answers)
    person.welcomed_at = now()
    person.save(update_fields=["welcomed_at"])
    journal.record("person.welcomed", person, by=person)
