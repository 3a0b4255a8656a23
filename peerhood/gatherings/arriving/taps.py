"""Taps: what was done at a door on a phone, maybe without a network, and is told when there is one again.

Each has an id that was made at the tap, and is taken once, however often it is sent. It counts
from the moment of the tap: whoever arrived in the cellar at one o'clock arrived at one o'clock,
and an undo takes back nothing that another door did later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.gatherings import door
from peerhood.gatherings.coming import seats
from peerhood.gatherings.models import DoorTap, Gathering, Rsvp
from peerhood.gatherings.permissions import can_greet
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

# What a phone claims to have seen longer ago than that arrives when it is told.
LONGEST_WITHOUT_NETWORK = timedelta(days=1)
KEPT_FOR = timedelta(days=7)

Kind = DoorTap.Kind


@dataclass(frozen=True)
class Tap:
    """One tap as the phone tells it."""

    key: UUID
    kind: str
    tapped_at: datetime
    # Whose: an answer of the list, or the walk-in that another tap of this phone brought.
    rsvp_pk: int | None = None
    of: UUID | None = None
    # When they had arrived, as the phone knew it at the tap: clocks differ, what somebody saw does not.
    seen_at: datetime | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of it: ``done``, ``already`` (nothing was left to do), or ``later`` (another door acted after it)."""

    outcome: str
    rsvp: Rsvp | None


@transaction.atomic
def take(gathering: Gathering, tap: Tap, *, by: Person) -> Taken:
    """Do what was tapped, unless it was taken before. A refused one stays free: it may be sent again.

    Raises:
        Refusal: it cannot be done; PermissionDenied: nor by this person.
    """
    # One at a time for each gathering: of the same tap sent twice at once, the second finds the first.
    gathering = seats.lock(gathering)
    if not can_greet(by, gathering):
        raise PermissionDenied
    before = gathering.door_taps.filter(key=tap.key).select_related("rsvp__person").first()
    if before is not None:
        return Taken("done", before.rsvp)
    taken = _act(gathering, tap, by)
    if taken.rsvp is not None:
        gathering.door_taps.create(key=tap.key, kind=tap.kind, rsvp=taken.rsvp)
    return taken


def _act(gathering: Gathering, tap: Tap, by: Person) -> Taken:
    at = _within_reason(tap.tapped_at)
    if tap.kind == Kind.WALK_IN:
        return Taken("done", door.walk_in(gathering, tap.name, email=tap.email, by=by, at=_arrived_at(at)))
    rsvp = _meant_by(gathering, tap)
    if rsvp is None and tap.of:
        # The walk-in that is taken back was refused.
        return Taken("already", None)
    if rsvp is None:
        raise Refusal(_("They are not on the list any more. If they stand before you, let them walk in."))
    if tap.kind == Kind.UNDO:
        return _undo(rsvp, max(at, _within_reason(tap.seen_at or at)), by)
    was_here = rsvp.checked_in_at is not None
    return Taken("already" if was_here else "done", door.check_in(rsvp, by=by, at=_arrived_at(at)))


def _undo(rsvp: Rsvp, at: datetime, by: Person) -> Taken:
    was_here = rsvp.checked_in_at is not None
    rsvp = door.undo(rsvp, by=by, at=at)
    if rsvp.checked_in_at:
        return Taken("later", rsvp)
    return Taken("done" if was_here else "already", rsvp)


def _meant_by(gathering: Gathering, tap: Tap) -> Rsvp | None:
    rsvps = gathering.rsvps.select_related("person")
    if tap.of:
        walked_in = gathering.door_taps.filter(key=tap.of).values("rsvp")
        return rsvps.filter(pk__in=walked_in).first()
    return rsvps.filter(pk=tap.rsvp_pk).first() if tap.rsvp_pk else None


def _within_reason(moment: datetime) -> datetime:
    """Nothing was tapped in the future, and what is older than the last month is all equally old."""
    return max(min(moment, now()), now() - timedelta(days=30))


def _arrived_at(at: datetime) -> datetime:
    """A phone whose clock is days behind saw nobody days ago."""
    return at if now() - at < LONGEST_WITHOUT_NETWORK else now()


def forget_old() -> None:
    """A phone forgets what it kept a day after the gathering; nothing is told twice after that."""
    DoorTap.objects.filter(gathering__ends_at__lt=now() - KEPT_FOR).delete()
