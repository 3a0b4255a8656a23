"""A host's message: what those who run a gathering say to many at once, in words of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models.gathering import Gathering


class HostMessage(models.Model):
    """Their words at one step of the time line, and when they last sent them. To whom is the outbox's to know."""

    class Step(models.TextChoices):
        INVITE = "invite", _("Invite")
        REMIND = "remind", _("Remind")
        PREPARE = "prepare", _("Prepare")
        THANK = "thank", _("Thank")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="messages")
    step = models.CharField(max_length=8, choices=Step)
    words = models.TextField(
        _("A few words of your own"),
        blank=True,
        max_length=1000,
        help_text=_(
            "They stand in the middle of the mail, as you write them. Leave it empty, and it goes without."
        ),
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "step"], name="one_message_a_step")]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.gathering}"
