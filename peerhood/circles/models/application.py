"""An application: somebody asks to join, in their own words, and an organiser answers with a reason."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.invitation_link import InvitationLink
from peerhood.circles.models.membership import Membership


class ApplicationQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(outcome=Application.Outcome.WAITING)


class Application(models.Model):
    """One asking and its answer. Who asks again makes another; the earlier ones stay for the organisers."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken-back", _("Taken back")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="applications")
    # The words as they were asked: an organiser who edits the questions later changes no answer.
    route = models.CharField(max_length=160, blank=True)
    answers = models.JSONField(default=list, help_text="Pairs of a question and what was answered.")
    # Whose invitation it came with, when that was written to somebody else.
    link = models.ForeignKey(InvitationLink, models.SET_NULL, null=True, related_name="applications")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(outcome="waiting"),
                name="one_waiting_application_each",
            )
        ]

    def __str__(self) -> str:
        return f"Application of {self.membership}"
