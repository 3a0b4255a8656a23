"""Mixing plans as stored, and the encounters that later plans remember."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering


class Plan(models.Model):
    """Who sits with whom at one gathering, round by round, and what it costs."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="mixing_plan")
    table_size = models.PositiveSmallIntegerField(_("People at a table"), default=4)
    rounds_count = models.PositiveSmallIntegerField(_("Rounds"), default=3)
    seed = models.PositiveIntegerField(default=1)
    # The engine's figures for the seats as they stand: cost, bound, breakdown, meets, new.
    figures = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Tables for {self.gathering}"


class Round(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Shown")
        HELD = "held", _("Took place")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    published_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_round_per_number")]

    def __str__(self) -> str:
        return f"Round {self.number}"


class Seat(models.Model):
    """A person's place at a table in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="seats")
    table = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_pinned = models.BooleanField(default=False)

    class Meta:
        ordering = ["table", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_seat_a_round")]

    def __str__(self) -> str:
        return f"{self.person} at table {self.table}"


class EncounterQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(models.Q(one=person) | models.Q(other=person))


class Encounter(models.Model):
    """Two people sat at one table in a round that took place. ``one`` has the smaller key."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="encounters")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="encounters")
    round_number = models.PositiveSmallIntegerField()
    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = EncounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "round_number", "one", "other"], name="one_encounter_a_round"
            ),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="encounter_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} met {self.other}"
