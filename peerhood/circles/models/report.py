"""A report: a member asks the organisers to look at how somebody behaved."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle


class ReportQuerySet(models.QuerySet["Report"]):
    def readable_by(self, organiser) -> "ReportQuerySet":
        """Reports of the circles somebody organises, but for those about themselves."""
        organised = Circle.objects.filter(
            memberships__person=organiser, memberships__state="active", memberships__role="organiser"
        )
        return self.filter(circle__in=organised).exclude(about=organiser)

    def open(self) -> "ReportQuerySet":
        return self.filter(closed_at=None)


class Report(models.Model):
    """Read by the circle's organisers, never by the one it is about, also when they organise."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("What happened"), max_length=4000)
    created_at = models.DateTimeField(default=now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # What was done, for the other organisers.
    outcome = models.CharField(_("What you did"), max_length=400, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at", "-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.circle}, {self.created_at:%Y-%m-%d}"
