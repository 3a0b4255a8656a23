"""Who else has this problem? A question to the circle that is answered without names."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Level, Surface
from peerhood.people.models import INSIDE
from peerhood.rooms.models.pot import new_pot_key

LASTS = timedelta(days=7)


def fewest() -> int:
    """So many must have answered before anything is told: what the Chatham House Rule asks of a vote."""
    return confidentiality.fewest(Level.CHATHAM_HOUSE, Surface.FEWEST_PRESENT)


def a_week_from_now():
    return now() + LASTS


class PulseQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Of circles this person belongs to. Nobody reads who asked, so nobody is hidden by whom they would rather not meet."""
        if not person.is_authenticated:
            return self.none()
        inside = Circle.objects.filter(memberships__person=person.pk, memberships__state__in=INSIDE)
        return self.filter(circle__in=inside.values("pk"))

    def open(self):
        return self.filter(state=Pulse.State.OPEN)

    def over(self):
        return self.open().filter(closes_at__lte=now())


class Pulse(models.Model):
    """Answers are in memory until it is over (``rooms.pot``); the database gets the totals, or nothing."""

    class State(models.TextChoices):
        OPEN = "open"
        TOLD = "told"
        TOO_FEW = "too-few"

    class Answer(models.TextChoices):
        YES = "yes", _("I have it, too")
        SOLVED = "solved", _("I had it, and it got better")
        NO = "no", _("Not me")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="pulses")
    # While it stands, so that they can take it back; forgotten when it is over. No page says it.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ask = models.CharField(_("The problem, in one line"), max_length=120)
    # The address to hand in to, which every member can have.
    key = models.CharField(max_length=32, unique=True, default=new_pot_key)
    opened_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField(default=a_week_from_now)
    # How many were members when it opened, whoever asked left out: so many tickets are in its hat.
    asked_count = models.PositiveIntegerField()
    # The newest membership then: whoever came later has no ticket.
    last_member_pk = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    # By answer, once it is told: {"yes": 4, "solved": 1, "no": 2}.
    totals = models.JSONField(null=True)

    objects = PulseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "circle", name="one_open_pulse_a_circle", condition=models.Q(state="open")
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(asked_by=None), name="a_pulse_forgets_who_asked"
            ),
        ]

    def __str__(self) -> str:
        return self.ask

    def get_absolute_url(self) -> str:
        return reverse("stories:pulse", args=[self.circle.slug, self.pk])

    def takes_answers(self) -> bool:
        return self.state == self.State.OPEN and self.closes_at > now()

    def is_told(self) -> bool:
        return self.state == self.State.TOLD

    def counted(self) -> list[tuple[Any, int]]:
        """Each answer and how many gave it; empty until it is told."""
        totals = self.totals or {}
        return [(label, totals.get(key, 0)) for key, label in self.Answer.choices] if totals else []

    def voter_count(self) -> int:
        return sum((self.totals or {}).values())

    def asks(self):
        """The memberships it is put to: those of before it opened, but for whoever asked."""
        members = Membership.objects.by_their_own_yes().filter(circle=self.circle_id)
        return members.filter(pk__lte=self.last_member_pk).exclude(person=self.asked_by_id)
