"""A photo, as we made it anew from what was sent: two squares, nothing else in the file."""

from django.db import models

from peerhood.people.models.person import Person


class Photo(models.Model):
    """Kept in the database, so that a backup holds it and an erasure takes it."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="photo", primary_key=True)
    # WebP: 96 px a side for lists, 480 px for a card.
    small = models.BinaryField()
    large = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.person}"
