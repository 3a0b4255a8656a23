"""Coming in: with the room's code and nothing else. No account is needed and nothing is asked.

A phone gets a random token in a cookie, and only its hash is stored, with no time and no
address. Whoever is signed in is the same participant on every phone they use. Wrong
codes are counted against the address they came from (``platform.guesses``). Whom an organiser
took off the circle's list does not come in while they are signed in as themselves.
"""

import hashlib
import secrets

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext as _

from peerhood.circles.models import Removal
from peerhood.people.models import Person
from peerhood.platform import guesses, presence
from peerhood.platform.refusals import Refusal
from peerhood.rooms import codes
from peerhood.rooms.models import Participant, Room
from peerhood.rooms.queries import room_with

# The cookie that holds a phone's token, one for each room.
COOKIE = "room"


def find(typed: str, *, address: str, token: str = "", known: Room | None = None) -> Room:
    """The room behind a code as somebody typed it; Room.DoesNotExist when there is none.

    ``known`` is the room where somebody asked a moment ago: when everybody comes back at once, they ask as one.
    """
    room = known or room_with(codes.tidy(typed))
    # A phone that is in stays in, whatever its neighbour on the same Wi-Fi is trying.
    if guesses.are_used_up(codes.GUESSED, address) and not (room and _holder_of(token, room)):
        raise Refusal(_("Too many wrong codes came from this network. Wait a minute, then try again."))
    if room is None:
        guesses.count_wrong(codes.GUESSED, address)
        raise Room.DoesNotExist
    return room


@transaction.atomic
def enter(room: Room, person: Person | None = None) -> str:
    """Let a phone in and give it its token. The same person coming again is the same participant."""
    _refuse_removed(room, person)
    token = secrets.token_urlsafe(24)
    if person and presence.is_here(person):
        room.participants.update_or_create(person=person, defaults={"token_hash": hashed(token)})
    else:
        room.participants.create(token_hash=hashed(token))
    return token


@transaction.atomic
def recognise(room: Room, *, token: str, person: Person | None = None) -> Participant | None:
    """Who this phone is in the room; a guest who has signed in since is linked to their name."""
    if person:
        # In one question, because every phone asks it again and again.
        mine = room.participants.filter(person=person).annotate(is_out=Exists(_removals(room, person)))
        known = mine.first()
        if known and not known.is_out:
            return known
        _refuse_removed(room, person)
    holder = _holder_of(token, room)
    if holder and person and presence.is_here(person):
        if holder.person_id:
            # Somebody else was signed in on this phone before.
            return None
        holder.person = person
        holder.save(update_fields=["person"])
    return holder


@transaction.atomic
def disown(participants: QuerySet[Participant]) -> None:
    """No phone is these participants any more: each gets a token that nobody has."""
    for pk in participants.values_list("pk", flat=True):
        Participant.objects.filter(pk=pk).update(token_hash=hashed(secrets.token_urlsafe(24)))


def _refuse_removed(room: Room, person: Person | None) -> None:
    """Whom an organiser took off the circle's list has no place in its rooms, though they still know the code."""
    if person and _removals(room, person).exists():
        raise Refusal(_("An organiser took you off this circle’s list, so this room is closed to you."))


def _removals(room: Room, person: Person) -> QuerySet[Removal]:
    return Removal.objects.filter(
        ended_at=None, membership__person=person, membership__circle=room.gathering.circle_id
    )


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _holder_of(token: str, room: Room) -> Participant | None:
    return room.participants.filter(token_hash=hashed(token)).first() if token else None
