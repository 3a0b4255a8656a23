"""What came out of a pot, and the headings it was put under."""

import uuid

from django.db import models

from peerhood.rooms.models.pot import Pot


class NoteGroup(models.Model):
    """A heading that the facilitator put notes under, afterwards."""

    pot = models.ForeignKey(Pot, models.CASCADE, related_name="groups")
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Note(models.Model):
    """What was poured out: a text, and the hash of a secret that only its writer's phone has.

    No person, no phone, no time and no number in a row; its key is drawn anew when it is poured.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pot = models.ForeignKey(Pot, models.CASCADE, related_name="notes")
    text = models.TextField()
    nullifier = models.CharField(max_length=64)
    # A facilitator may take it off the screens. That says nothing about who wrote it, nor to them.
    is_hidden = models.BooleanField(default=False)
    # How many dots it was given; None until dots were counted.
    dots = models.PositiveIntegerField(null=True)
    group = models.ForeignKey(NoteGroup, models.SET_NULL, null=True, related_name="notes")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("pot", "nullifier", name="a_token_counts_once")]

    def __str__(self) -> str:
        return "A note"
