"""Needs: what somebody who comes eats, and what they need to take part. Forgotten 30 days after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models.rsvp import Rsvp


class Needs(models.Model):
    """Beside the answer and not in it, so that nothing that reads answers reads this."""

    rsvp = models.OneToOneField(Rsvp, models.CASCADE, related_name="needs")
    diet = models.CharField(_("What I do not eat"), max_length=200, blank=True)
    access = models.CharField(_("What I need to take part"), max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "needs"

    def __str__(self) -> str:
        return "What somebody needs"
