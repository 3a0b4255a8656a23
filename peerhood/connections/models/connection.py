"""Who you keep. A connection is mutual: nothing of it shows until both have said so."""

from datetime import datetime

from django.conf import settings
from django.db import models

from peerhood.gatherings.models import Gathering


class ConnectionQuerySet(models.QuerySet):
    def between(self, person, other):
        """The row of these two, whoever has spoken."""
        one_id, other_id = sorted((person.pk, other.pk))
        return self.filter(one_id=one_id, other_id=other_id)

    def of(self, person):
        """Both have said so; ``person`` is one of them."""
        mutual = self.exclude(one_said_at=None).exclude(other_said_at=None)
        return mutual.filter(models.Q(one=person) | models.Q(other=person))


class Connection(models.Model):
    """Two people, and when each said "we met". ``one`` has the smaller key."""

    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    one_said_at = models.DateTimeField(null=True)
    other_said_at = models.DateTimeField(null=True)
    # Where the first word was said; shown to the two of them only.
    met_at = models.ForeignKey(Gathering, models.SET_NULL, null=True, related_name="+")

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_connection_per_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="connection_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"

    def is_mutual(self) -> bool:
        return self.one_said_at is not None and self.other_said_at is not None

    def the_other(self, person):
        """Whom ``person`` is connected with."""
        return self.other if person.pk == self.one_id else self.one

    def said_at(self, person) -> datetime | None:
        """When ``person`` said it; None if they have not."""
        return self.one_said_at if person.pk == self.one_id else self.other_said_at

    def say(self, person, at: datetime | None) -> None:
        """Note when ``person`` said it, or with None that they took it back; the caller saves."""
        if person.pk == self.one_id:
            self.one_said_at = at
        else:
            self.other_said_at = at
