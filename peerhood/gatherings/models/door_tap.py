"""A tap at the door that was made on a phone, with or without a network: each is taken once."""

import uuid

from django.db import models
from django.utils.timezone import now

from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.rsvp import Rsvp


class DoorTap(models.Model):
    """The row goes a week after the gathering. Whose tap it was stands in the journal, and not here."""

    class Kind(models.TextChoices):
        CHECK_IN = "check-in"
        UNDO = "undo"
        WALK_IN = "walk-in"

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="door_taps")
    # Made on the phone at the moment of the tap: what is sent twice is known by it.
    key = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=8, choices=Kind)
    rsvp = models.ForeignKey(Rsvp, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "key"], name="one_tap_each")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"
