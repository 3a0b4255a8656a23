"""Add: the rows of a confirmed list become memberships, in batches, each whole or not at all.

A crash loses nothing: what was added is counted in the same transaction, and the next
run goes on from there.
"""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.circles.entering import places
from peerhood.circles.importing.preview import WRITES, Fate
from peerhood.circles.importing.rows import Row
from peerhood.circles.importing.settling import settle
from peerhood.circles.models import Circle, Import
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.platform import stamps

BATCH = 500
# A mail is rendered inside its batch: smaller ones let others write in between.
BATCH_WITH_MAIL = 50
TRIES = 3
MOST_FAULTS_KEPT = 500


def add_all(import_id: int) -> None:
    """Add what is left of a running import. Safe to run twice, and from two workers."""
    rows = Import.objects.values_list("rows", flat=True).get(pk=import_id)
    while _add_next(import_id, rows):
        pass


def add_all_or_stop(import_id: int) -> None:
    """Add what is left; if it cannot go on, the import's page says so. What was added stays."""
    try:
        add_all(import_id)
    except Exception:
        Import.objects.filter(pk=import_id, state=Import.State.RUNNING).update(state=Import.State.FAILED)
        raise


def _add_next(import_id: int, rows: list[dict]) -> bool:
    """Add one batch; True while more is left."""
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _add_batch(import_id, rows)
        except IntegrityError:
            # Another list brought the same new address a moment ago; the next look will find it.
            if not tries_left:
                raise
    return False


def _add_batch(import_id: int, rows: list[dict]) -> bool:
    member_list = Import.objects.select_for_update(no_key=True).defer("rows").get(pk=import_id)
    if member_list.state != Import.State.RUNNING:
        return False
    circle = Circle.objects.select_for_update(no_key=True).get(pk=member_list.circle_id)
    if not may(member_list.by, Power.IMPORT, circle):
        raise PermissionDenied
    free = places.free(circle)
    inside_before = circle.memberships.inside().count() if free is not None else 0
    size = BATCH_WITH_MAIL if member_list.writes_to_invited else BATCH
    batch = rows[member_list.done_count : member_list.done_count + size]
    fates = [kept["fate"] for kept in batch if kept["fate"] not in WRITES]
    rows_to_settle = [Row(**kept["row"]) for kept in batch if kept["fate"] in WRITES]
    fates += settle(circle, rows_to_settle, by=member_list.by, writing=member_list.writes_to_invited)
    if free is not None and circle.memberships.inside().count() > inside_before + free:
        raise places.Full(circle)
    member_list.outcome["done"] = Counter(member_list.outcome.get("done", {})) + Counter(fates)
    member_list.done_count += len(batch)
    member_list.moved_at = now()
    if member_list.done_count >= member_list.total_count:
        _finish(member_list, rows)
    member_list.save(update_fields=["outcome", "done_count", "moved_at", "state"])
    return member_list.state == Import.State.RUNNING


def _finish(member_list: Import, rows: list[dict]) -> None:
    """Forget the list; of rows that could not be read, only where and why is kept."""
    member_list.state = Import.State.DONE
    faulty = [kept for kept in rows if kept["fate"] == Fate.ERROR][:MOST_FAULTS_KEPT]
    member_list.outcome["faults"] = [[kept["row"]["number"], kept["facts"]["faults"]] for kept in faulty]
    Import.objects.filter(pk=member_list.pk).update(rows=[])
    journal.record("members.imported", member_list, by=member_list.by, **member_list.outcome["done"])
    stamps.bump("circles", f"circles/{member_list.circle.slug}")
