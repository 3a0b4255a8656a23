"""Say how one sees oneself, from 1 to 5. It is its owner's alone; what is skipped is not said.

One assessment a day and list: saying it again on the same day says it better. Nothing of it is written in
the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from peerhood.circles.permissions import is_inside
from peerhood.growth.models import Assessment
from peerhood.growth.skills.lists import SkillList
from peerhood.packs.skills import LEVELS
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal


@transaction.atomic
def assess(person: Person, skills: SkillList, levels: Mapping[str, int]) -> Assessment:
    """Keep today's, in the place of an earlier one of today."""
    presence.hold(person)
    if skills.circle and not is_inside(person, skills.circle):
        raise PermissionDenied
    if not levels:
        raise Refusal(_("Answer at least one."))
    if levels.keys() - skills.names.keys() or not set(levels.values()) <= set(LEVELS):
        raise Refusal(_("That is not on this list."))
    made, _is_new = Assessment.objects.update_or_create(
        person=person, circle=skills.circle, made_on=localdate(), defaults={"levels": dict(levels)}
    )
    return made


@transaction.atomic
def remove(assessment: Assessment, *, by: Person) -> None:
    if assessment.person_id != by.pk:
        raise PermissionDenied
    assessment.delete()


def latest(person: Person, skills: SkillList) -> list[Assessment]:
    """The last two of a list, the newer first."""
    return list(Assessment.objects.filter(person=person, circle=skills.circle)[:2])


@dataclass(frozen=True)
class Change:
    """A skill said differently than the time before; None is not said."""

    name: str
    before: int | None
    level: int | None

    @property
    def is_up(self) -> bool:
        return (self.level or 0) > (self.before or 0)


@dataclass(frozen=True)
class Step:
    """An assessment, and what it says differently than the one before it on the same list."""

    assessment: Assessment
    before: Assessment | None
    changes: list[Change]


def history(assessments: list[Assessment], names: Mapping[str, str]) -> list[Step]:
    """Latest first, as they come; each with its change since the last of its list."""
    steps = []
    for number, made in enumerate(assessments):
        earlier = (each for each in assessments[number + 1 :] if each.circle_id == made.circle_id)
        before = next(earlier, None)
        was = before.levels if before else {}
        keys = [key for key in {**was, **made.levels} if before and was.get(key) != made.levels.get(key)]
        changes = [Change(names.get(key, key), was.get(key), made.levels.get(key)) for key in keys]
        steps.append(Step(made, before, changes))
    return steps
