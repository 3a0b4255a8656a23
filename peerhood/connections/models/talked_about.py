"""What two people talked about when they met, in the words of one of them, who alone reads them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models import Gathering


class TalkedAbout(models.Model):
    """A line about somebody I shared a table with at a gathering. Mine alone, whether they keep me or not."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="+")
    words = models.CharField(_("What we talked about"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "about", "gathering"], name="one_line_a_meeting")
        ]

    def __str__(self) -> str:
        return f"A line of {self.owner}"
