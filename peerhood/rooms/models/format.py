"""The recipe of an item."""

from django.db import models

from peerhood.gatherings.models import AgendaItem


class Format(models.Model):
    """The recipe that an item of the agenda is run by: a copy, in the circle's language, to be changed at will."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="format")
    # The shipped format it was copied from.
    key = models.CharField(max_length=40)
    # formats.recipe.Recipe as plain values.
    recipe = models.JSONField()
    # Grows with every change: two who edit at once never lose what the other wrote.
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.key} for {self.item}"
