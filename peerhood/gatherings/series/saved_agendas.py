"""Saved agendas: an organiser keeps the run of a day that went well, for the circle's next ones.

Kept are its lines: what, how long, under which rule. Who spoke and what they brought belongs to that day.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import agenda
from peerhood.gatherings.models import Gathering, SavedAgenda
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@transaction.atomic
def save(gathering: Gathering, name: str, *, by: Person) -> SavedAgenda:
    """Keep a gathering's agenda under a name the circle has not used yet."""
    circle = _lock(gathering.circle, by)
    _refuse_taken(circle, name)
    saved = SavedAgenda.objects.create(
        circle=circle,
        name=name,
        mode=gathering.mode,
        lines=[_told(line) for line in agenda.lines_of(gathering)],
        saved_by=by,
    )
    journal.record("agenda.saved", saved, by=by)
    return saved


@transaction.atomic
def write(saved: SavedAgenda, gathering: Gathering, *, by: Person) -> None:
    """Put a gathering's agenda in place of the one that was saved."""
    _lock(saved.circle, by)
    saved.lines, saved.mode = [_told(line) for line in agenda.lines_of(gathering)], gathering.mode
    saved.saved_by, saved.saved_at = by, now()
    saved.save(update_fields=["lines", "mode", "saved_by", "saved_at"])
    journal.record("agenda.saved", saved, by=by)


@transaction.atomic
def rename(saved: SavedAgenda, name: str, *, by: Person) -> None:
    circle = _lock(saved.circle, by)
    if name == saved.name:
        return
    _refuse_taken(circle, name)
    saved.name = name
    saved.save(update_fields=["name"])
    journal.record("agenda.renamed", saved, by=by)


@transaction.atomic
def delete(saved: SavedAgenda, *, by: Person) -> None:
    """Throw it away, unless a series is drafted from it."""
    circle = _lock(saved.circle, by)
    if using := list(saved.series.values_list("name", flat=True)):
        raise Refusal(
            _("These series are drafted from it: %(names)s. Give them another agenda first.")
            % {"names": ", ".join(using)}
        )
    journal.record("agenda.deleted", circle, by=by)
    saved.delete()


def free_name(circle: Circle, name: str) -> str:
    """That name, or the first of "name 2", "name 3" ... that the circle has not used yet."""
    used = set(circle.saved_agendas.values_list("name", flat=True))
    numbered = (f"{name[:74]} {number}" for number in range(2, len(used) + 3))
    return next(each for each in (name, *numbered) if each not in used)


def lines_of(saved: SavedAgenda) -> list[agenda.Line]:
    """The lines, ready to be written on a gathering."""
    return [
        agenda.Line(line["kind"], line["title"], line["minutes"], confidentiality=line["confidentiality"])
        for line in saved.lines
    ]


def _told(line: agenda.Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "title": line.title,
        "minutes": line.length_minutes,
        "confidentiality": line.confidentiality,
    }


def _lock(circle: Circle, by: Person) -> Circle:
    """Names are given one at a time in a circle, by its organisers."""
    if not can_organise(by, circle):
        raise PermissionDenied
    return Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)


def _refuse_taken(circle: Circle, name: str) -> None:
    if circle.saved_agendas.filter(name=name).exists():
        raise Refusal(_("The circle has an agenda of that name. Choose another one."))
