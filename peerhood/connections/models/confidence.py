"""What somebody dares, for themselves alone; and thanks from one member to another."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models import Gathering


class LadderTick(models.Model):
    """A rung that somebody says they have stood on. Theirs alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rung = models.CharField(max_length=20)
    ticked_on = models.DateField(default=localdate)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "rung"], name="one_tick_a_rung")]

    def __str__(self) -> str:
        return f"Tick {self.pk}"


class Dare(models.Model):
    """A card somebody drew for a gathering they go to. Theirs alone."""

    class State(models.TextChoices):
        DRAWN = "drawn"
        DONE = "done"
        NOT_TODAY = "not-today"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="+")
    card = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State, default=State.DRAWN)
    drawn_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["drawn_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "gathering", "card"], name="one_dare_a_card"),
            models.UniqueConstraint(
                fields=["person", "gathering"], condition=models.Q(state="drawn"), name="one_dare_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Dare {self.pk}"


class ThankYou(models.Model):
    """A few words of thanks, for the receiver alone to keep."""

    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("Your thanks"), max_length=400)
    # Where both were, when it may be named; None otherwise.
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("receiver")), name="thanks_go_to_another"
            )
        ]

    def __str__(self) -> str:
        return f"Thanks {self.pk}"
