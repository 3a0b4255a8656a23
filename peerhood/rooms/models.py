"""The live side of a gathering: where the agenda stands, and who is in the room."""

import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models import AgendaItem, Gathering


def new_pot_key() -> str:
    return secrets.token_hex(16)


class Room(models.Model):
    """The room's clock and place in the agenda. The server is the clock; phones only show it.

    ``item`` is None before the start and after the end. While paused, ``paused_at`` is
    set and time stands still; ``ends_at`` moves by the length of each pause.
    """

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="room")
    code = models.CharField(max_length=12, help_text="What people type to come in: KAFFE-42.")
    opened_at = models.DateTimeField(default=now)
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+")
    item_started_at = models.DateTimeField(null=True)
    item_ends_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Grows with every change: streams say it, phones compare it.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # A code dies with its room and may be given again later.
            models.UniqueConstraint("code", name="one_open_room_per_code", condition=models.Q(closed_at=None))
        ]

    def __str__(self) -> str:
        return f"Room {self.code}"

    def is_open(self) -> bool:
        return self.closed_at is None

    def is_paused(self) -> bool:
        return self.paused_at is not None

    def times(self) -> tuple[datetime, datetime]:
        """When the current item began and when it ends; ask only while there is one."""
        assert self.item_started_at
        assert self.item_ends_at
        return self.item_started_at, self.item_ends_at

    def is_lost(self) -> bool:
        """It had begun, and then the item it was on was taken off the agenda."""
        return self.item_id is None and self.item_started_at is not None

    def is_in(self, *kinds: str) -> bool:
        """Whether the current item is of one of these kinds."""
        return self.item is not None and self.item.kind in kinds


class Moment(models.Model):
    """Where the room stood before an act of the facilitator: what undo goes back to."""

    class Act(models.TextChoices):
        START = "start", _("Start")
        NEXT = "next", _("Next")
        BACK = "back", _("Back")
        GO_TO = "go-to", _("Go on from here")
        PAUSE = "pause", _("Pause")
        RESUME = "resume", _("Resume")
        MINUTE = "minute", _("One minute more")
        CLOSE = "close", _("Close the room")

    room = models.ForeignKey(Room, models.CASCADE, related_name="moments")
    act = models.CharField(max_length=20, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    # item, item_started_at, item_ends_at, paused_at, closed_at as they were.
    before = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.act} in {self.room}"


class Participant(models.Model):
    """A phone in the room: a person who is signed in, or a guest of whom nothing is known.

    There is no time in it on purpose: who was here when is nobody's business.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    # SHA-256 of the token in the phone's cookie; the token itself is only on the phone.
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "room", "person", name="one_participant_each", condition=models.Q(person__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"A phone in {self.room}"


class Pot(models.Model):
    """What a room collects without names in one step, and whether it has been poured out.

    Nobody who hands in is anywhere in the database, and what they hand in only once all of it
    is poured out. ``present_count`` is written when it opens: who comes later cannot be told
    by what is one more than before.
    """

    class State(models.TextChoices):
        OPEN = "open"
        # Closed, with too few people or too few notes to hide among: the facilitator decides.
        HELD_BACK = "held-back"
        POURED = "poured"
        DISCARDED = "discarded"

    LIVE = (State.OPEN, State.HELD_BACK)

    room = models.ForeignKey(Room, models.CASCADE, related_name="pots")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+")
    ask = models.CharField(max_length=200, blank=True)
    # 128 bits that everybody in the room has, and nobody else: the address to hand in to.
    key = models.CharField(max_length=32, unique=True, default=new_pot_key)
    present_count = models.PositiveIntegerField()
    fewest_present = models.PositiveSmallIntegerField()
    fewest_notes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # While it says when it will close; after that there is no time here.
    closes_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "room", name="one_live_pot_a_room", condition=models.Q(state__in=("open", "held-back"))
            )
        ]

    def __str__(self) -> str:
        return f"A pot of {self.room}"

    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_held_back(self) -> bool:
        return self.state == self.State.HELD_BACK

    def is_poured(self) -> bool:
        return self.state == self.State.POURED

    def is_closing(self) -> bool:
        """It takes in what is being written, and nothing more after that."""
        return self.is_open() and self.closes_at is not None

    def is_live(self) -> bool:
        return self.state in self.LIVE

    def can_be_poured(self) -> bool:
        """Whether enough were here when it opened; whether enough wrote is known when it is poured."""
        return self.present_count >= self.fewest_present


class Note(models.Model):
    """What was poured out: a text, and the hash of a secret that only its writer's phone has.

    No person, no phone, no time and no number in a row; its key is drawn anew when it is poured.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pot = models.ForeignKey(Pot, models.CASCADE, related_name="notes")
    text = models.TextField()
    nullifier = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("pot", "nullifier", name="a_token_counts_once")]

    def __str__(self) -> str:
        return "A note"
