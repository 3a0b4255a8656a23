"""A member list read in: first a preview, then memberships."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle


class Import(models.Model):
    """A member list an organiser read in: first a preview, then, when confirmed, memberships.

    It is seen by whoever read it in, and by nobody else: a list of contacts is private.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("Waiting for your yes")
        RUNNING = "running", _("Adding members")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    source = models.CharField(max_length=20)
    # Parsed rows with what will happen to each; emptied when the import is done (retention).
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    writes_to_invited = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    # When a batch was last added: a running import that has not moved was left behind by a crash.
    moved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.file_name} into {self.circle}"
