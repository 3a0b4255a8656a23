"""Record hours: from having been checked in, or one's own; change them and take them away."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.growth.models import Entry
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

QUARTER = timedelta(minutes=15)
# Arriving and coffee are no learning; whoever thinks otherwise changes the hours.
UNCOUNTED = (AgendaItem.Kind.ARRIVAL, AgendaItem.Kind.FIKA)


def quarters_of(gathering: Gathering) -> int:
    """The agenda's minutes without arrival and fika, never more than it lasted, in whole quarters rounded down."""
    items = list(gathering.agenda.all())
    counted = sum((item.length for item in items if item.kind not in UNCOUNTED), timedelta())
    return min(counted if items else gathering.length, gathering.length) // QUARTER


def was_there(person: Person, gathering: Gathering) -> bool:
    """Checked in at the door, to what took place and is over."""
    took_place = gathering.is_announced() and gathering.is_over()
    return took_place and gathering.rsvps.checked_in().filter(person=person).exists()


@transaction.atomic
def record_attendance(gathering: Gathering, *, by: Person, **said: Any) -> Entry:
    """Once for each gathering: whoever presses twice is refused the second time."""
    if not was_there(by, gathering):
        raise PermissionDenied
    discreet = gathering.is_discreet_on(Surface.CALENDAR_DETAILS)
    told = {
        "title": _("Network meeting") if discreet else gathering.title,
        "provider": _("A professional network") if discreet else gathering.circle.name,
        "day": gathering.starts_at.astimezone(gathering.zone).date(),
    }
    entry, is_new = Entry.objects.get_or_create(person=by, gathering=gathering, defaults=told | said)
    if not is_new:
        raise Refusal(_("You have counted this gathering already."))
    journal.record("cpd.recorded", entry, by=by)
    return entry


@transaction.atomic
def record(*, by: Person, **said: Any) -> Entry:
    """Something learned elsewhere."""
    entry = Entry.objects.create(person=by, **said)
    journal.record("cpd.recorded", entry, by=by)
    return entry


@transaction.atomic
def change(entry: Entry, *, by: Person, **said: Any) -> Entry:
    if entry.person_id != by.pk:
        raise PermissionDenied
    for name, value in said.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(said))
    journal.record("cpd.changed", entry, by=by)
    return entry


@transaction.atomic
def remove(entry: Entry, *, by: Person) -> None:
    """What was counted from a gathering is proposed again."""
    if entry.person_id != by.pk:
        raise PermissionDenied
    journal.record("cpd.removed", entry, by=by)
    entry.delete()
