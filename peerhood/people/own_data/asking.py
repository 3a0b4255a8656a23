"""Asking for an export, and putting old ones away."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from peerhood import journal
from peerhood.people.models import Export, Person
from peerhood.people.own_data import rules
from peerhood.people.tasks import EXPORTS_KEPT_FOR, make_export
from peerhood.platform import presence

KEPT_FOR = EXPORTS_KEPT_FOR
# A second tap on a button that was answered quickly.
JUST_NOW = timedelta(minutes=1)


@transaction.atomic
def ask(person: Person) -> Export:
    """Begin to make a file of all that names somebody. While one is being made, or was just now, it is that one."""
    presence.hold(person)
    # Two who ask at once are one after the other.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    export = Export.objects.filter(person=person).defer("file", "tables").first()
    if export and (export.is_running() or (export.is_done() and export.asked_at > now() - JUST_NOW)):
        return export
    Export.objects.filter(person=person).delete()
    # One step for each table, and one for the file.
    export = Export.objects.create(person=person, total_count=len(rules.tables()) + 1)
    journal.record("export.asked", person, by=person)
    transaction.on_commit(lambda: make_export(export.pk), robust=True)
    return export


def kept() -> QuerySet[Export]:
    """Exports that are not too old, without what is in them."""
    return Export.objects.filter(asked_at__gt=now() - KEPT_FOR).defer("file", "tables")
