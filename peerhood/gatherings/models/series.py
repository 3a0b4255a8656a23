"""A series: the template and cadence from which a circle's gatherings are drafted."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.gatherings.models.saved_agenda import SavedAgenda


class Series(models.Model):
    """The template and cadence from which a circle's gatherings are drafted."""

    class Cadence(models.TextChoices):
        MONTHLY = "monthly", _("Every month")
        SIX_WEEKLY = "six-weekly", _("Every six weeks")
        QUARTERLY = "quarterly", _("Every quarter")
        FLOATING = "floating", _("No fixed day: each date is agreed anew")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="series")
    name = models.CharField(_("Name"), max_length=80)
    # The name of a file in gatherings/series_templates: "norrkoping-afternoon", "flashmob-evening", ...
    template = models.CharField(_("Agenda"), max_length=40)
    # An agenda the circle has saved, instead of one of those.
    saved_agenda = models.ForeignKey(
        SavedAgenda, models.PROTECT, null=True, blank=True, related_name="series"
    )
    cadence = models.CharField(_("How often"), max_length=12, choices=Cadence, default=Cadence.QUARTERLY)
    weekday = models.PositiveSmallIntegerField(_("Weekday"), default=3, help_text="0 is Monday.")
    # 1-4 is the nth such weekday of the month, 5 the last one.
    week_of_month = models.PositiveSmallIntegerField(_("Week of the month"), default=3)
    starts_at_time = models.TimeField(_("Starts at"))
    capacity = models.PositiveSmallIntegerField(_("Places"), default=20, validators=[MinValueValidator(1)])
    place_name = models.CharField(_("Place"), max_length=120, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("gatherings:series", args=[self.pk])

    def is_floating(self) -> bool:
        return self.cadence == self.Cadence.FLOATING
