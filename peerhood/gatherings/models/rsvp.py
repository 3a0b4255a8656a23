"""An RSVP: one person's answer to one gathering, and the place it holds."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.gatherings.models.gathering import Gathering


class RsvpQuerySet(models.QuerySet):
    def held(self):
        """Answers that hold a place: a seat, or a spot in line."""
        return self.filter(status__in=Rsvp.HELD)

    def going(self):
        return self.filter(status=Rsvp.Status.GOING)

    def waiting(self):
        """The line for a seat, longest wait first."""
        return self.filter(status=Rsvp.Status.WAITLISTED).order_by("answered_at", "pk")

    def checked_in(self):
        return self.going().exclude(checked_in_at=None)


class Rsvp(models.Model):
    """One person's answer to one gathering."""

    class Status(models.TextChoices):
        GOING = "going", _("You have a seat.")
        WAITLISTED = "waitlisted", _("You are in line for a seat.")
        OFFERED = "offered", _("A seat is offered to you.")
        DECLINED = "declined", _("You are not coming.")
        CANCELLED = "cancelled", _("The gathering was cancelled.")

    HELD = (Status.GOING, Status.WAITLISTED, Status.OFFERED)

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rsvps")
    status = models.CharField(max_length=10, choices=Status)
    answered_at = models.DateTimeField(default=now)
    # Said at the answer: arrived together, so together in round 1 at most.
    companion = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The sister chapter a guest belongs to; None for those who are at home here, and for anybody else.
    guest_of = models.ForeignKey(
        Circle, models.SET_NULL, null=True, blank=True, related_name="guests_elsewhere"
    )
    # Who meets somebody who comes for the first time; named the day before.
    greeter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RsvpQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="one_rsvp_each")]
        indexes = [models.Index(fields=["gathering", "status", "answered_at"], name="rsvps_in_line")]

    def __str__(self) -> str:
        return f"{self.person}: {self.status}"

    def is_held(self) -> bool:
        return self.status in self.HELD

    def is_going(self) -> bool:
        return self.status == self.Status.GOING

    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITLISTED

    def place_in_line(self) -> int:
        """1 for whoever gets the next seat."""
        ahead = models.Q(answered_at__lt=self.answered_at) | models.Q(
            answered_at=self.answered_at, pk__lt=self.pk
        )
        return self.gathering.rsvps.filter(ahead, status=self.Status.WAITLISTED).count() + 1
