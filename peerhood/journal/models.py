"""What happened: one row per act, written in the act's own transaction."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now


class Entry(models.Model):
    """An act that took place. Append-only; ``heard_at`` is the only field that ever changes."""

    name = models.CharField(max_length=60, help_text="noun.past_participle, such as rsvp.seated")
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(heard_at=None), name="unheard_entries"),
            models.Index(fields=["subject_type", "subject_id"], name="entries_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_type} {self.subject_id}"
