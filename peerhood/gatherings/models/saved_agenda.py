"""A saved agenda: a run of the day that a circle keeps for its next gatherings."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle


class SavedAgenda(models.Model):
    """What an organiser keeps of a gathering that went well: its lines, and no names of those who spoke."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="saved_agendas")
    name = models.CharField(_("Name"), max_length=80)
    mode = models.CharField(max_length=10)
    # As in a shipped template: kind, title, minutes, confidentiality.
    lines = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["circle", "name"], name="one_saved_agenda_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("gatherings:saved_agenda", args=[self.pk])

    @property
    def length(self) -> int:
        return sum(line["minutes"] for line in self.lines)
