"""A hold: a place kept for half an hour for somebody who has yet to open their mail."""

from django.db import models
from django.utils.timezone import now

from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.seats import Part


class HoldQuerySet(models.QuerySet):
    def taking(self):
        return self.filter(takes_place=True)

    def over(self):
        return self.filter(ends_at__lte=now())


class Hold(models.Model):
    """The row goes with the answer, or a day later. Of the link in the mail, a hash is kept."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="holds")
    part = models.CharField(max_length=6, choices=Part, default=Part.ROOM)
    address = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    # False where there was none to hold: the link in the mail then leads to the line. Set to False, too,
    # once its time is over and its place has gone on.
    takes_place = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "address"], name="one_hold_each")]
        indexes = [models.Index(fields=["ends_at"], name="holds_by_end")]

    def __str__(self) -> str:
        return "A place held"
