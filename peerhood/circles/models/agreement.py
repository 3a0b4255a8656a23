"""The agreement: what members say yes to, in the words of one day; and who said yes to which."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle


class Agreement(models.Model):
    """One version of what a circle's members agree to. It is never changed: other words are the next version.

    A version without words says that nothing is asked any more.
    """

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("What members agree to"), max_length=4000, blank=True)
    written_at = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["circle", "version"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "version"], name="one_agreement_per_version")
        ]

    def __str__(self) -> str:
        return f"Agreement {self.version} of {self.circle}"


class Acceptance(models.Model):
    """Somebody's yes to one version: theirs, and kept through every change of the words."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="acceptances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acceptances")
    accepted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "person"], name="one_acceptance_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.person} accepts {self.agreement}"
