"""A date poll: which day suits the members of a circle, asked before a gathering has one."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.series import Series


class DatePollQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Polls of the circles somebody is inside of; nobody else learns that one is asked."""
        if not person.is_authenticated:
            return self.none()
        inside = Membership.objects.inside().filter(person_id=person.pk)
        return self.filter(circle__in=inside.values("circle"))

    def open(self):
        return self.filter(closed_at=None)


class DatePoll(models.Model):
    """Some dates, and what each member says to them. It ends when a host picks one, or closes it."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="date_polls")
    series = models.ForeignKey(Series, models.CASCADE, related_name="date_polls")
    title = models.CharField(_("What the gathering is about"), max_length=120)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    # The draft that came of it.
    gathering = models.OneToOneField(Gathering, models.SET_NULL, null=True, related_name="date_poll")

    objects = DatePollQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gatherings:poll", args=[self.pk])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.circle.time_zone)

    def is_open(self) -> bool:
        return self.closed_at is None


class Slot(models.Model):
    """One of the dates a poll asks about."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at"], name="one_slot_per_start"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class SlotAnswer(models.Model):
    """What one member says to one date."""

    class Said(models.TextChoices):
        YES = "yes", _("Yes")
        IF_NEEDED = "if-needed", _("If needed")
        NO = "no", _("No")

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="slot_answers")
    said = models.CharField(max_length=10, choices=Said)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "person"], name="one_slot_answer_each")]

    def __str__(self) -> str:
        return f"{self.person}: {self.said}"
