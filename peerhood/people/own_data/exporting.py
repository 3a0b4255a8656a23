"""Exporting: the worker makes somebody's file, one table after the other, each in a transaction of its own.

A crash loses nothing: what was made is counted in the same transaction, and the next run goes
on from there.
"""

from django.db import transaction
from django.utils.timezone import now

from peerhood.people.models import Export, Person
from peerhood.people.own_data import packing, rules


def make_or_stop(export_id: int) -> None:
    """Make what is left; if it cannot go on, the page says so. Safe to run twice, and from two workers."""
    try:
        while _make_next(export_id):
            pass
    except Exception:
        Export.objects.filter(pk=export_id, state=Export.State.RUNNING).update(state=Export.State.FAILED)
        raise


@transaction.atomic
def _make_next(export_id: int) -> bool:
    """Make one more table, and at last the file; True while more is left."""
    owner = Person.objects.filter(exports=export_id)
    # The person first, as everywhere: an erasure waits, or has taken the export along.
    person = owner.select_for_update(no_key=True, of=("self",)).first()
    export = Export.objects.select_for_update(no_key=True).filter(pk=export_id).first()
    if person is None or export is None or not export.is_running():
        return False
    tables = rules.tables()
    if export.done_count < len(tables):
        name = tables[export.done_count]
        export.tables[name] = rules.told_in(name, person)
    else:
        export.file = packing.packed(person, export.tables)
        export.state, export.tables = Export.State.DONE, {}
    export.done_count, export.moved_at = export.done_count + 1, now()
    export.save()
    return export.is_running()
