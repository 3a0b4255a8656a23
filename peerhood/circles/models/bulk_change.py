"""A bulk change: one act that was done to many members at once, and how they were before."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle


class BulkChange(models.Model):
    """Kept so that it can be undone by whoever did it."""

    class Act(models.TextChoices):
        PAUSE = "pause", _("Let them pause")
        RESUME = "resume", _("Make them active")
        MEMBER = "member", _("Make them members without a role")
        GREETER = "greeter", _("Make them greeters")
        HOST = "host", _("Make them hosts")
        FACILITATOR = "facilitator", _("Make them facilitators")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="bulk_changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    act = models.CharField(max_length=12, choices=Act)
    # Rows of membership id, role and state.
    before = models.JSONField(default=list)
    done_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {len(self.before)}"
