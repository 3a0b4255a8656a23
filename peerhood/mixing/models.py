"""Mixing plans as stored, the search that improves them, and the encounters that later plans remember."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering


class Plan(models.Model):
    """Who sits with whom at one gathering, round by round, and what it costs."""

    class MeetAgain(models.TextChoices):
        OFF = "off", pgettext_lazy("second meetings", "Off")
        FEW = "few", pgettext_lazy("second meetings", "A few")
        MORE = "more", pgettext_lazy("second meetings", "More")

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="mixing_plan")
    table_size = models.PositiveSmallIntegerField(_("People at a table"), default=4)
    rounds_count = models.PositiveSmallIntegerField(_("Rounds"), default=3)
    meet_again = models.CharField(max_length=4, choices=MeetAgain, default=MeetAgain.FEW)
    seed = models.PositiveIntegerField(default=1)
    # Grows with every change of a seat, a pin or a round: whoever thought about the plan before is too late.
    version = models.PositiveIntegerField(default=0)
    # The engine's figures for the seats as they stand (figures.py).
    figures = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Tables for {self.gathering}"


class Search(models.Model):
    """The worker looks for better tables after a plan was made: how far it is, and the best so far.

    What it finds is kept here until the end, apart from the seats, which are valid as they are.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        # How it ended: nothing is better, nothing better was found in time, a host said that it
        # is enough, or somebody changed the tables or the guests meanwhile.
        PROVEN = "proven"
        FINISHED = "finished"
        STOPPED = "stopped"
        DROPPED = "dropped"

    LIVE = (State.WAITING, State.RUNNING)
    # The worker gives a sign of life about every second; without one for so long nobody waits for it.
    SILENT_AFTER = timedelta(seconds=10)

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="search")
    # The plan's version that is being improved; after the end, the version that came of it.
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=now)
    moved_at = models.DateTimeField(default=now)
    seconds = models.FloatField(default=0)
    # The rounds to come as they would be, and their figures; forgotten at the end.
    found = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"A search for better {self.plan}"

    def is_live(self) -> bool:
        return self.state in self.LIVE

    def is_silent(self) -> bool:
        """It should be going on, and has not been heard of."""
        return self.is_live() and now() - self.moved_at > self.SILENT_AFTER


class Round(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Shown")
        HELD = "held", _("Took place")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    # People to a group, where a step of a format asked for this round; None for a round of the plan.
    group_size = models.PositiveSmallIntegerField(null=True)
    # Pairs, threes and fours stand where they like; they are groups and have no table.
    has_tables = models.BooleanField(default=True)
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


class Tie(models.Model):
    """Two people who keep each other, as mixing needs to know it: so that they meet a second time.

    Shown to nobody, and forgotten when it is young no more. ``one`` has the smaller key.
    """

    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=now)

    # After a year two people have met again, or do without.
    YOUNG_FOR = timedelta(days=365)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_tie_per_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="tie_in_order"),
        ]

    def __str__(self) -> str:
        return "A tie"
