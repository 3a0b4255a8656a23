"""Who is in the room."""

from django.conf import settings
from django.db import models

from peerhood.rooms.models.room import Room


class Participant(models.Model):
    """A phone in the room: a person who is signed in, or a guest of whom nothing is known.

    There is no time in it on purpose: who was here when is nobody's business.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    # SHA-256 of the token in the phone's cookie; the token itself is only on the phone.
    token_hash = models.CharField(max_length=64, unique=True)
    # Takes no turn and is asked for nothing, in every format.
    is_listening = models.BooleanField(default=False)
    # Has read the reminder of competition law and keeps to it.
    has_acknowledged = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "room", "person", name="one_participant_each", condition=models.Q(person__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"A phone in {self.room}"
