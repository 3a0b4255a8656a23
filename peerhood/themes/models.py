"""Themes a circle wants to talk about, the ballots that choose among them, and what was adopted."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.themes import tally

COOL_DOWN = timedelta(days=365)


class ThemeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The backlog belongs to the circle's members."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(circle__memberships__in=person.memberships.inside())

    def proposed(self):
        return self.filter(state=Theme.State.PROPOSED)

    def scheduled(self):
        return self.filter(state=Theme.State.SCHEDULED)

    def held(self):
        """Those that have had their gathering, latest first."""
        return self.filter(state=Theme.State.HELD).order_by("-last_held_on", "title", "pk")

    def backlog(self):
        """What can be chosen next: most supported first, then the longest wait."""
        return self.proposed().order_by("-support_count", "proposed_at", "pk")


class Theme(models.Model):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        SCHEDULED = "scheduled", _("Scheduled")
        HELD = "held", pgettext_lazy("theme", "Held")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="themes")
    title = models.CharField(_("Theme"), max_length=120)
    question = models.TextField(_("What would you like to talk about?"), blank=True, max_length=600)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    # Kept by proposing.py in the transaction that changes it.
    support_count = models.PositiveIntegerField(default=0)
    last_held_on = models.DateField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["circle", "state"], name="themes_of_circle")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("themes:detail", args=[self.circle.slug, self.pk])

    def is_proposed(self) -> bool:
        return self.state == self.State.PROPOSED

    def is_scheduled(self) -> bool:
        return self.state == self.State.SCHEDULED

    def is_held(self) -> bool:
        return self.state == self.State.HELD

    def waiting_since(self) -> datetime:
        """Since it was last held; a theme that never was, since it was proposed."""
        if self.last_held_on is None:
            return self.proposed_at
        return datetime.combine(self.last_held_on, time.min, tzinfo=ZoneInfo(self.circle.time_zone))

    def may_return_on(self) -> date | None:
        """The first day after the cool-down; None for a theme that was never held."""
        return self.last_held_on and self.last_held_on + COOL_DOWN

    def was_held_recently(self) -> bool:
        may_return_on = self.may_return_on()
        return may_return_on is not None and localdate() < may_return_on


class Support(models.Model):
    """A member would come for this."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "person"], name="one_support_each")]

    def __str__(self) -> str:
        return f"{self.person} for {self.theme}"


class AdoptionQuerySet(models.QuerySet):
    def current(self):
        """Adoptions since the theme was last proposed; earlier ones are its history."""
        return self.filter(adopted_at__gte=models.F("theme__proposed_at"))

    def held(self):
        """Adoptions whose gathering took place, latest first."""
        took_place = models.Q(gathering__in=Gathering.objects.past().order_by())
        return (
            self.filter(took_place)
            .exclude(gathering__state=Gathering.State.CANCELLED)
            .order_by("-gathering__starts_at")
        )


class Adoption(models.Model):
    """A theme put on a gathering's agenda. The later step owns the link."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="adoptions")
    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="adoption")
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    adopted_at = models.DateTimeField(default=now)

    objects = AdoptionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.theme} at {self.gathering}"


class BallotQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Ballots of the circles this person belongs to."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(gathering__circle__memberships__in=person.memberships.inside())

    def locked(self):
        """Taken for the rest of the transaction: a vote and the close never overlap."""
        return self.select_related("gathering__circle").select_for_update(of=("self",))


class Ballot(models.Model):
    """The closing vote on the next theme: approval, each person once, totals only at the close."""

    class Decided(models.TextChoices):
        VOTES = "votes", _("by votes")
        LONGEST_WAIT = "longest-wait", _("by the longest wait")
        ORGANISER = "organiser", _("by the organiser")

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="ballot")
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Its votes wait elsewhere, without names; nothing of them comes here but the totals at the close.
    is_sealed = models.BooleanField(default=False)
    voter_count = models.PositiveIntegerField(default=0, help_text="How many voted; written at the close.")
    winner = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="won_ballots")
    decided = models.CharField(max_length=14, choices=Decided, blank=True)
    # The gathering drafted from the winner: what the room sees when the ballot has closed.
    next_gathering = models.OneToOneField(
        Gathering, models.SET_NULL, null=True, related_name="drafted_by_ballot"
    )

    objects = BallotQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Ballot of {self.gathering}"

    def get_absolute_url(self) -> str:
        return reverse("themes:ballot", args=[self.gathering.circle.slug, self.pk])

    def is_open(self) -> bool:
        return self.closed_at is None

    def is_decided(self) -> bool:
        return self.winner_id is not None

    def is_withheld(self) -> bool:
        """It closed without telling anything: too few had voted to hide each other."""
        return self.is_sealed and not self.is_open() and not self.voter_count


class Choice(models.Model):
    """One theme on a ballot; ``vote_count`` is written at the close and stays 0 until then."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    vote_count = models.PositiveIntegerField(default=0)
    # As it was when the ballot opened: the result names it, and must not change when the theme is held again.
    waiting_since = models.DateTimeField(default=now)
    # Another gathering took the theme before the close: it keeps its votes and cannot win.
    is_taken = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["ballot", "theme"], name="a_theme_stands_once")]

    def __str__(self) -> str:
        return str(self.theme)

    def as_candidate(self) -> tally.Candidate:
        return tally.Candidate(self.pk, self.vote_count, self.waiting_since)


class Vote(models.Model):
    """One voter's approvals. The voter is a participant's key in the room, signed in or not."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes")
    voter_key = models.CharField(max_length=64)
    approved = models.ManyToManyField(Choice, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "voter_key"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"A vote in {self.ballot}"
