"""Where the agenda stands, and where it stood before each act."""

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
    # Where the room is in the item's format, as ``formats.walking.Place`` writes it; empty outside of one.
    place = models.CharField(max_length=20, blank=True)
    place_started_at = models.DateTimeField(null=True)
    place_ends_at = models.DateTimeField(null=True)
    # Where people speak one after the other: the participants in their order, and whose turn it is (from 0).
    speakers = models.JSONField(default=list)
    turn = models.PositiveSmallIntegerField(default=0)
    # How often the topic that is on was given more time.
    extended_count = models.PositiveSmallIntegerField(default=0)
    # How many are in the largest of the groups that are together now; 0 where there are none.
    most_in_a_group = models.PositiveSmallIntegerField(default=0)
    # How many had not acknowledged the reminder when the first forum item opened; None until one did.
    went_on_without = models.PositiveIntegerField(null=True)
    # Somebody objected to the topic that is on. Nothing says who.
    is_stopped = models.BooleanField(default=False)
    # The titles of the topics that an objection stopped, for the minutes.
    stopped_topics = models.JSONField(default=list)
    # Until its format's last part no page says more of anybody than a first name; written with every act.
    has_first_names_only = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    # Grows with every change: streams say it, phones compare it.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            # Every page of somebody signed in asks, and hardly ever is there one.
            models.Index(
                "gathering", name="rooms_of_first_names", condition=models.Q(has_first_names_only=True)
            )
        ]
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
        NEXT_STEP = "next-step", _("Next step")
        BACK_STEP = "previous-step", _("One step back")
        ONWARD = "onward", _("On from the rounds")
        TURN = "turn", _("Next turn")
        EXTEND = "extend", _("More time for the topic")
        GO_TO = "go-to", _("Go on from here")
        PAUSE = "pause", _("Pause")
        RESUME = "resume", _("Resume")
        MINUTE = "minute", _("One minute more")
        GO_ON = "go-on", _("Go on without the rest")
        TIME_UP = "time-up", _("Time was up")
        CLOSE = "close", _("Close the room")

    room = models.ForeignKey(Room, models.CASCADE, related_name="moments")
    act = models.CharField(max_length=20, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    # The room's item, times and place as they were (turns.remember).
    before = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.act} in {self.room}"
