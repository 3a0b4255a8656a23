"""A standing RSVP: somebody who comes to every gathering of a series, unless they say no to one."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from peerhood.gatherings.models.series import Series


class StandingRsvp(models.Model):
    """It answers each gathering of the series when that is published; a no to one date is that date's RSVP."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="standing_rsvps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="standing_rsvps")
    since = models.DateTimeField(default=now)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "person"], name="one_standing_rsvp_each")]

    def __str__(self) -> str:
        return f"{self.person}: {self.series}"
