"""Confirm: the organiser says yes to a preview, and its rows are added.

A short list is added while they wait; a long one by the worker, batch by batch.
Confirming twice is confirming once.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood.circles.importing.adding import add_all
from peerhood.circles.models import Import
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.circles.tasks import add_members
from peerhood.people.models import Person

SHORT = 50


@transaction.atomic
def confirm(member_list: Import, *, by: Person, writes_to_invited: bool = False) -> None:
    """Add the rows of a preview, or go on with an import that stopped."""
    if member_list.by_id != by.pk or not may(by, Power.IMPORT, member_list.circle):
        raise PermissionDenied
    waiting = Import.objects.filter(pk=member_list.pk, state__in=[Import.State.PREVIEW, Import.State.FAILED])
    if not waiting.update(state=Import.State.RUNNING, writes_to_invited=writes_to_invited, moved_at=now()):
        return
    if member_list.total_count <= SHORT:
        add_all(member_list.pk)
    else:
        transaction.on_commit(lambda: add_members(member_list.pk), robust=True)
