"""Taking a shipped format for an item of the agenda, and changing the copy.

What is adopted is a copy in the circle's language: whoever runs it may change every word, and
two who change it at once never lose what the other wrote. While the room is in the item its
format stays as it is: every phone stands somewhere in it.
"""

from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import agenda
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms.formats import faults, walking
from peerhood.rooms.formats.recipe import Part, Recipe, read
from peerhood.rooms.formats.shipped import shipped
from peerhood.rooms.models import Format, Room


class Conflict(Refusal):
    """Somebody else saved first; ``format`` is what they saved, None when they took it off."""

    def __init__(self, format: Format | None) -> None:
        super().__init__(_("Somebody else changed this format while you were writing."))
        self.format = format


class Faulty(Refusal):
    """It cannot be run as it is; ``faults`` says why, one by one."""

    def __init__(self, found: list[faults.Fault]) -> None:
        super().__init__(" ".join(str(fault) for fault in found))
        self.faults = found


@transaction.atomic
def adopt(item: AgendaItem, key: str, *, by: Person) -> Format:
    """Run this item by a shipped format, in the circle's language. KeyError when none is shipped by that key.

    Adopting the one it has already changes nothing; another takes its place only after ``drop``.
    """
    item = _taken(item, by=by)
    if item.kind != AgendaItem.Kind.FORMAT:
        raise Refusal(
            _("Only an item of the kind “format” is run by one. Change its kind on the agenda first.")
        )
    format = Format.objects.filter(item=item).first()
    if format and format.key == key:
        return format
    if format:
        raise Refusal(
            _("This item has a format already. Take it off first, so that no change of yours is lost.")
        )
    format = Format.objects.create(item=item, key=key, recipe=copied(key, item).as_data())
    journal.record("format.adopted", format, by=by, key=key)
    return format


@transaction.atomic
def change(item: AgendaItem, recipe: Recipe, *, version: int, by: Person) -> Format:
    """Put this recipe in place of the one that was read at ``version``.

    Raises:
        Conflict: somebody else has changed it since, or taken it off.
        Faulty: it cannot be run as it is.
    """
    item = _taken(item, by=by)
    format = Format.objects.filter(item=item).first()
    if format is None or format.version != version:
        raise Conflict(format)
    if found := faults.found_in(recipe, item.confidentiality):
        raise Faulty(found)
    format.recipe = replace(recipe, key=format.key).as_data()
    format.version += 1
    format.save(update_fields=["recipe", "version"])
    journal.record("format.changed", format, by=by)
    return format


@transaction.atomic
def drop(item: AgendaItem, *, version: int, by: Person) -> None:
    """Run the item without a format; what was changed in it is gone, so nobody drops what they have not seen."""
    item = _taken(item, by=by)
    format = Format.objects.filter(item=item).first()
    if format is None:
        return
    if format.version != version:
        raise Conflict(format)
    format.delete()
    journal.record("format.dropped", item, by=by, key=format.key)


@transaction.atomic
def take_length(item: AgendaItem, minutes: int, *, by: Person) -> Gathering:
    """Give the item so many minutes on the agenda. The day ends later or earlier by that, so a host does it."""
    item = _taken(item, by=by)
    lines = [
        replace(line, length_minutes=minutes) if line.item_pk == item.pk else line
        for line in agenda.lines_of(item.gathering)
    ]
    return agenda.set_agenda(item.gathering, lines, by=by)


def copied(key: str, item: AgendaItem) -> Recipe:
    """The shipped text, without rules for a step that the item is under anyway."""
    recipe = shipped(key, item.gathering.circle.language)
    return replace(recipe, parts=tuple(_under(part, item.confidentiality) for part in recipe.parts))


def recipe_of(format: Format) -> Recipe:
    """The recipe that a format holds."""
    return read(format.recipe)


def as_shipped(format: Format) -> Recipe:
    """The text that it was copied from, as it would be copied today."""
    return copied(format.key, format.item)


def minutes_of(recipe: Recipe, people_count: int) -> int:
    """Whole minutes that it takes with so many people, as far as it can be said.

    >>> minutes_of(shipped("1-2-4-all", "en"), people_count=12)
    12
    """
    people_count = max(people_count, recipe.fewest)
    return max(1, -(-walking.planned(recipe, people_count) // timedelta(minutes=1)))


def is_open_ended(recipe: Recipe) -> bool:
    """Whether some of it goes on until the facilitator ends it, so that its minutes are only a beginning."""
    return any(not part.times for part in recipe.parts)


def _under(part: Part, level: str) -> Part:
    steps = (
        step if step.level and faults.is_stricter(step.level, level) else replace(step, level="")
        for step in part.steps
    )
    return replace(part, steps=tuple(steps))


def _taken(item: AgendaItem, *, by: Person) -> AgendaItem:
    """The item, locked for one act of ``by``, as long as the room is not in it."""
    room = Room.objects.select_for_update().filter(gathering=item.gathering_id, closed_at=None).first()
    item = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("gathering__circle").get(pk=item.pk)
    )
    if not can_facilitate(by, item.gathering):
        raise PermissionDenied
    if item.gathering.is_cancelled():
        raise Refusal(_("This gathering was cancelled."))
    if room and room.item_id == item.pk:
        raise Refusal(_("The room is in this item right now. Its format can be changed before it, or after."))
    return item
