"""The live side of a gathering: where the agenda stands, and who is in the room."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models import AgendaItem, Gathering


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
