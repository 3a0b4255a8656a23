"""A silence: what somebody keeps to themselves about somebody else."""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.people.models.person import Person


class SilenceQuerySet(models.QuerySet["Silence"]):
    def between(self, one: Person, other: Person) -> "SilenceQuerySet":
        """What either keeps to themselves about the other."""
        return self.filter(Q(owner=one, about=other) | Q(owner=other, about=one))

    def blocks(self) -> "SilenceQuerySet":
        return self.filter(kind=Silence.Kind.BLOCK)


class Silence(models.Model):
    """Known to its owner, and to nobody else: no page, mail, list or journal entry names it."""

    class Kind(models.TextChoices):
        NOT_WITH = "not-with", _("Rather not together")
        BLOCK = "block", _("Blocked")

    owner = models.ForeignKey(Person, models.CASCADE, related_name="silences")
    about = models.ForeignKey(Person, models.CASCADE, related_name="silences_about")
    kind = models.CharField(max_length=8, choices=Kind)
    created_at = models.DateTimeField(default=now)

    objects = SilenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "about"], name="one_silence_about_each"),
            models.CheckConstraint(condition=~Q(owner=models.F("about")), name="no_silence_about_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"
