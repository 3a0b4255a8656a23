"""Paper cards."""

import uuid

from django.db import models

from peerhood.rooms.models.room import Room


class Card(models.Model):
    """A paper card of the room's sheet: the hash of the code that is printed on it, and nothing else.

    A room has one sheet at a time; printing another removes the cards of the one before. The
    key is drawn at random, so that the rows do not lie in the order they were printed in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64)
    is_spent = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("room", "code_hash", name="a_card_once_in_a_room")]

    def __str__(self) -> str:
        return "A card"
