"""A year in one's own words, for whoever asks what it was worth; and what one does not want to count."""

from django.conf import settings
from django.db import models

from peerhood.gatherings.models import Gathering

# It stands on one page, with the rest.
LONGEST_WORDS = 1500


class YearSummary(models.Model):
    """What one person wrote of a year, and what of the rest their page leaves out."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="year_summaries")
    year = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    # Parts of the page, by their keys (for_my_manager.year.PARTS).
    left_out = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "year summaries"
        constraints = [models.UniqueConstraint(fields=["owner", "year"], name="one_summary_a_year")]

    def __str__(self) -> str:
        return str(self.year)


class Uncounted(models.Model):
    """A gathering that somebody was at and does not want to count: it is proposed no more."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uncounted")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="uncounted")

    class Meta:
        verbose_name_plural = "uncounted"
        constraints = [models.UniqueConstraint(fields=["owner", "gathering"], name="uncounted_once")]

    def __str__(self) -> str:
        return str(self.gathering)
