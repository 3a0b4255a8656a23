"""Affiliations: the jobs a person has had, each with its dates.

Changing them changes nothing else: memberships, history and connections belong to
the person, not to the employer. An employer is written down once, however people
spell its capitals.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Length
from django.utils.timezone import localdate

from peerhood import journal
from peerhood.people import searching
from peerhood.people.models import Affiliation, Employer, Person


@transaction.atomic
def add(
    person: Person,
    employer_name: str,
    *,
    title: str = "",
    started_on: date | None = None,
    ended_on: date | None = None,
) -> Affiliation:
    """Write down a job, held now or earlier."""
    affiliation = Affiliation.objects.create(
        person=person,
        employer=employer_named(employer_name),
        title=title,
        started_on=started_on,
        ended_on=ended_on,
    )
    searching.write(person)
    journal.record("affiliation.added", affiliation, by=person)
    return affiliation


@transaction.atomic
def end(affiliation: Affiliation, *, by: Person) -> None:
    """Say that today was the last day. One that has ended, or has not begun, keeps its dates."""
    _must_be_theirs(affiliation, by)
    today = localdate()
    if affiliation.ended_on is None and (affiliation.started_on is None or affiliation.started_on <= today):
        affiliation.ended_on = today
        affiliation.save(update_fields=["ended_on"])
        searching.write(affiliation.person)
        journal.record("affiliation.ended", affiliation, by=by)


@transaction.atomic
def remove(affiliation: Affiliation, *, by: Person) -> None:
    """Take a job off the profile as if it had never been there."""
    _must_be_theirs(affiliation, by)
    affiliation.delete()
    searching.write(by)
    journal.record("affiliation.removed", by, by=by)


def _must_be_theirs(affiliation: Affiliation, by: Person) -> None:
    if affiliation.person_id != by.pk:
        raise PermissionDenied


def employer_named(name: str) -> Employer:
    """The employer of that name, made when there is none; capitals and spaces make no difference."""
    name = " ".join(name.split())
    # SQLite knows capitals only from A to Z: Örebro and ÖREBRO are compared here.
    same_length = Employer.objects.alias(length=Length("name")).filter(length=len(name))
    found = (
        None
        if name.isascii()
        else next((e for e in same_length if e.name.casefold() == name.casefold()), None)
    )
    return found or Employer.objects.get_or_create(name__iexact=name, defaults={"name": name})[0]
