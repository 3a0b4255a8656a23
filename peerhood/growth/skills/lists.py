"""Which skills are asked about: a circle's own list where it has one, otherwise the profession's."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.growth.models import CircleSkill
from peerhood.packs import skills as packed
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

MOST = 60


@dataclass(frozen=True)
class SkillList:
    """Skills by key, in their order. ``circle`` is None for the profession's list."""

    circle: Circle | None
    names: dict[str, str]


def of_profession(language: str) -> SkillList:
    names = packed.current().names
    return SkillList(None, {key: packed.said(words, language) for key, words in names.items()})


def of_circle(circle: Circle, language: str) -> SkillList:
    """The list a circle uses."""
    own = {skill.key: skill.name for skill in circle.skills.filter(is_listed=True)}
    return SkillList(circle, own) if own else of_profession(language)


def circles_with_own(circles: Iterable[Circle]) -> list[Circle]:
    listed = CircleSkill.objects.filter(circle__in=circles, is_listed=True)
    having = set(listed.values_list("circle", flat=True))
    return [circle for circle in circles if circle.pk in having]


def names_of(keys: Iterable[str], language: str) -> dict[str, str]:
    """What skills are called today, those that are on no list any more as well."""
    names = dict(of_profession(language).names)
    own = [int(key.removeprefix("own-")) for key in keys if key.startswith("own-")]
    return names | {skill.key: skill.name for skill in CircleSkill.objects.filter(pk__in=own)}


@transaction.atomic
def change(circle: Circle, *, by: Person, names: dict[int, str], added: list[str]) -> None:
    """Rename by number of a line, take off what has no name any more, and add new ones.

    What people said stays with the line: under the new name, or, off the list, as theirs alone. A name that
    was on the list before comes back with what was said of it.
    """
    if not can_organise(by, circle):
        raise PermissionDenied
    Circle.objects.locked(circle)
    every = {skill.pk: skill for skill in circle.skills.all()}
    listed = {pk: skill for pk, skill in every.items() if skill.is_listed}
    if names.keys() - listed.keys():
        raise Refusal(_("The list was changed meanwhile. Look at it again."))
    for pk, name in names.items():
        listed[pk].is_listed = bool(name)
        listed[pk].name = name or listed[pk].name
    for name in added:
        earlier = (skill for skill in every.values() if not skill.is_listed and skill.name == name)
        skill = next(earlier, None) or CircleSkill(circle=circle, name=name)
        skill.is_listed = True
        skill.position = 1 + max((each.position for each in every.values()), default=0)
        every[skill.pk or -len(every) - 1] = skill
    _check([skill.name for skill in every.values() if skill.is_listed])
    for skill in every.values():
        skill.save()
    journal.record("skill_list.changed", circle, by=by)


def _check(names: list[str]) -> None:
    if len(names) > MOST:
        raise Refusal(_("%(most)d skills at most.") % {"most": MOST})
    if len({name.casefold() for name in names}) < len(names):
        raise Refusal(_("Two skills have the same name."))
