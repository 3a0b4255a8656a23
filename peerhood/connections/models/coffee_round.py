"""Coffee rounds: a circle's cadence, its rounds, and who has a seat in each."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Membership
from peerhood.people.models import Person


class CoffeeCadence(models.Model):
    """How often a circle has coffee. Without a row it has none."""

    class Every(models.IntegerChoices):
        WEEK = 7, _("Every week")
        FORTNIGHT = 14, _("Every two weeks")
        FOUR_WEEKS = 28, _("Every four weeks")

    # When members are asked, so many days before the pairs are made; and when they are asked how it went.
    ASKED_BEFORE = timedelta(days=4)
    AT = time(9)

    circle = models.OneToOneField(Circle, models.CASCADE, related_name="coffee_cadence")
    every_days = models.PositiveSmallIntegerField(_("How often"), choices=Every, default=Every.FORTNIGHT)
    across_chapters = models.BooleanField(_("Across chapters"), default=False)
    # The day on which the pairs of the next round are made.
    next_on = models.DateField(_("First pairs on"))

    def __str__(self) -> str:
        return f"Coffee in {self.circle}"

    def asks_at(self) -> datetime:
        """When members are asked about the next round."""
        return self.at(self.next_on) - self.ASKED_BEFORE

    def at(self, day: date) -> datetime:
        return datetime.combine(day, self.AT, tzinfo=ZoneInfo(self.circle.time_zone))


class CoffeeRoundQuerySet(models.QuerySet):
    def open(self):
        """Members can still say yes."""
        return self.filter(paired_at=None, pairs_at__gt=now())

    def due(self):
        """The pairs are to be made."""
        return self.filter(paired_at=None, pairs_at__lte=now())

    def paired(self):
        return self.exclude(paired_at=None)


class CoffeeRound(models.Model):
    """One round: members say yes until ``pairs_at``, and have coffee until ``ends_at``."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="coffee_rounds")
    across_chapters = models.BooleanField(default=False)
    pairs_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    paired_at = models.DateTimeField(null=True)

    objects = CoffeeRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pairs_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["circle", "pairs_at"], name="one_coffee_round_a_day")]

    def __str__(self) -> str:
        return f"Coffee round {self.pk}"

    def is_open(self) -> bool:
        return self.paired_at is None and self.pairs_at > now()

    def people(self) -> models.QuerySet[Person]:
        """Who may take part: active members of the circle, or of its whole family, by their own yes."""
        circles = self.circle.family() if self.across_chapters else Circle.objects.filter(pk=self.circle_id)
        members = Membership.objects.by_their_own_yes().active().filter(circle__in=circles)
        return Person.objects.filter(pk__in=members.values("person"), is_active=True)


class CoffeeSeat(models.Model):
    """Somebody takes part in a round; and once the pairs are made, with whom: those of the same number."""

    round = models.ForeignKey(CoffeeRound, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # None until the pairs are made, and for somebody for whom nobody was found.
    pair = models.PositiveSmallIntegerField(null=True)
    # What they say when they are asked afterwards; None until then.
    met = models.BooleanField(null=True)

    class Meta:
        ordering = ["pair", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_coffee_seat_each")]

    def __str__(self) -> str:
        return f"Seat {self.pk}"


class CoffeeHabit(models.Model):
    """What somebody has said once and for all about a circle's rounds: every one of them, or none until a day."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    every_round = models.BooleanField(_("I take part in every round"), default=False)
    paused_until = models.DateField(_("Pause until"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "person"], name="one_coffee_habit_each")]

    def __str__(self) -> str:
        return f"Habit {self.pk}"

    def is_paused_on(self, day: date) -> bool:
        return self.paused_until is not None and day < self.paused_until
