"""What a stream must not outlive: the session it was opened under, and its owner's place in the circle.

A stream holds no database connection and asks nothing by itself: the hub asks for all of them together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from peerhood.circles.models import Removal
from peerhood.rooms.models import Room

# A database has a most of what one question may name.
AT_ONCE = 500


@dataclass(frozen=True)
class Owner:
    """Whose stream it is: a session, the person signed in under it, and the circle that the room is of."""

    session_key: str
    person: int
    circle: int


def owner_of(room: Room, session_key: str) -> Owner | None:
    """None for a visitor, which somebody is whose session has ended."""
    session = Session.objects.filter(pk=session_key, expire_date__gt=now()).first() if session_key else None
    person = session.get_decoded().get(SESSION_KEY) if session else None
    return Owner(session_key, int(person), room.gathering.circle_id) if person else None


def ended(owners: Sequence[Owner]) -> set[Owner]:
    """Those who signed out, here or from elsewhere, and those whom an organiser took off the circle's list."""
    gone: set[Owner] = set()
    for some in _in_parts(owners):
        sessions = Session.objects.filter(pk__in=[owner.session_key for owner in some], expire_date__gt=now())
        alive = set(sessions.values_list("pk", flat=True))
        removals = Removal.objects.filter(
            ended_at=None,
            membership__person__in={owner.person for owner in some},
            membership__circle__in={owner.circle for owner in some},
        )
        removed = set(removals.values_list("membership__person", "membership__circle"))
        gone |= {
            owner
            for owner in some
            if owner.session_key not in alive or (owner.person, owner.circle) in removed
        }
    return gone


def _in_parts(owners: Sequence[Owner]) -> Iterator[list[Owner]]:
    left = iter(owners)
    while some := list(islice(left, AT_ONCE)):
        yield some
