"""A removal: an organiser takes somebody off the list, and says why."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from peerhood.circles.models.membership import Membership


class Removal(models.Model):
    """Why somebody was taken off: told to them, and kept for the organisers.

    While it stands, the circle's open door is not theirs to walk through; they ask, or are asked in again.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="removals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(max_length=1000)
    at = models.DateTimeField(default=now)
    # When they came back in: from then on it is history.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Removal of {self.membership}"
