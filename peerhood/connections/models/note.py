"""A note about somebody: its owner's alone."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Note(models.Model):
    """What I want to remember about somebody. Mine alone, for as long as my account lives."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("A note only you see"), max_length=2000, blank=True)
    follow_up_on = models.DateField(_("Follow up on"), null=True, blank=True)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "about"], name="one_note_per_person")]

    def __str__(self) -> str:
        return f"A note of {self.owner}"
