"""Whom somebody does not want to have suggested again."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from peerhood.people.models.person import Person


class PutAway(models.Model):
    """“Not for me”, said of a suggestion. Known to its owner, and to nobody else; it keeps nobody apart."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="put_away")
    about = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "about"], name="put_away_once"),
            models.CheckConstraint(condition=~Q(owner=models.F("about")), name="nobody_puts_themselves_away"),
        ]

    def __str__(self) -> str:
        return f"{self.about}"
