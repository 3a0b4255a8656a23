"""A handover: an organiser asks a member to take their place; nothing changes before that member says yes."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.membership import Membership


class HandoverQuerySet(models.QuerySet):
    def offered(self):
        return self.filter(outcome=Handover.Outcome.OFFERED)


class Handover(models.Model):
    """One offer and its answer. Until the yes the organiser organises; from then on the other one does."""

    class Outcome(models.TextChoices):
        OFFERED = "offered", _("Asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken-back", _("Taken back")

    class Afterwards(models.TextChoices):
        STAY = "stay", _("I stay as a member.")
        PAUSE = "pause", _("I take a pause.")
        LEAVE = "leave", _("I leave the circle.")

    organiser = models.ForeignKey(Membership, models.CASCADE, related_name="handovers")
    to = models.ForeignKey(Membership, models.CASCADE, related_name="handovers_to_me")
    afterwards = models.CharField(_("And then?"), max_length=5, choices=Afterwards, default=Afterwards.STAY)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OFFERED)
    created_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organiser"], condition=models.Q(outcome="offered"), name="one_open_handover_each"
            ),
            models.CheckConstraint(
                condition=~models.Q(organiser=models.F("to")), name="nobody_hands_over_to_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organiser} hands over to {self.to.person}"
