"""A seed: a circle that does not exist yet; who said yes to it; and whom it must not ask twice."""

from datetime import time, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models.circle import Circle
from peerhood.people.models import is_time_zone

GROWS_FOR = timedelta(weeks=6)


def in_six_weeks():
    return localdate() + GROWS_FOR


class SeedQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Seeds of one's own, and those one said yes to. Everybody else needs a link."""
        if not person.is_authenticated:
            return self.none()
        mine = models.Q(planter=person.pk)
        return self.filter(
            mine | models.Q(pk__in=SeedAnswer.objects.yes().filter(person=person.pk).values("seed"))
        )

    def growing(self):
        return self.filter(state=Seed.State.GROWING)


class Seed(models.Model):
    """A circle that does not exist yet: it opens when ``threshold`` people beside its planter say yes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not planted yet")
        GROWING = "growing", _("Growing")
        OPENED = "opened", _("It has become a circle")
        ENDED = "ended", _("It did not sprout")

    class Cadence(models.TextChoices):
        # The cadences of gatherings.Series, a later step: the plan is handed over when the circle opens.
        MONTHLY = "monthly", _("Every month")
        SIX_WEEKLY = "six-weekly", _("Every six weeks")
        QUARTERLY = "quarterly", _("Every quarter")

    KINDS = (Circle.Kind.INVITATION_ONLY, Circle.Kind.BY_APPLICATION, Circle.Kind.OPEN)

    planter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seeds")
    name = models.CharField(_("Name"), max_length=80)
    purpose = models.TextField(_("What it is for"), max_length=2000)
    town = models.CharField(_("Town"), max_length=80, blank=True)
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("Time zone"), max_length=60, validators=[is_time_zone])
    kind = models.CharField(
        _("Who can join later"),
        max_length=12,
        choices=[(kind.value, kind.label) for kind in KINDS],
        default=Circle.Kind.INVITATION_ONLY,
    )
    cadence = models.CharField(_("How often"), max_length=12, choices=Cadence, default=Cadence.QUARTERLY)
    weekday = models.PositiveSmallIntegerField(_("Weekday"), default=3, help_text="0 is Monday.")
    starts_at_time = models.TimeField(_("Starts at"), default=time(15))
    size = models.PositiveSmallIntegerField(_("How many you would like to be, at most"), default=12)
    threshold = models.PositiveSmallIntegerField(_("It opens when so many others have said yes"), default=6)
    sprouts_by = models.DateField(_("Or it ends on"), default=in_six_weeks)
    # What the first gatherings could be about, in order; at most three.
    themes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # A keyed hash: whoever reads the database cannot follow the link.
    token_key = models.CharField(max_length=64, null=True, unique=True)
    circle = models.OneToOneField(Circle, models.SET_NULL, null=True, related_name="grown_from")
    created_at = models.DateTimeField(default=now)
    reminded_at = models.DateTimeField(null=True)
    # What is left of the answers when the seed is over: how many said yes.
    last_yes_count = models.PositiveSmallIntegerField(null=True)

    objects = SeedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["sprouts_by"], condition=models.Q(state="growing"), name="seeds_growing_by_date"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(threshold__gte=2), name="seed_asks_for_two"),
            models.CheckConstraint(
                condition=models.Q(threshold__lt=models.F("size")), name="seed_has_room_for_its_threshold"
            ),
            models.CheckConstraint(
                condition=models.Q(state="growing", token_key__isnull=False)
                | (~models.Q(state="growing") & models.Q(token_key=None)),
                name="seed_has_a_link_while_it_grows",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circles:seed", args=[self.pk])

    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def is_growing(self) -> bool:
        return self.state == self.State.GROWING

    def is_opened(self) -> bool:
        return self.state == self.State.OPENED

    def is_ended(self) -> bool:
        return self.state == self.State.ENDED

    def weekday_name(self) -> str:
        return str(WEEKDAYS[self.weekday])

    def people_at_least(self) -> int:
        """How many it begins with: its planter, and those it takes."""
        return self.threshold + 1

    def yes_count(self) -> int:
        return self.answers.yes().count() if self.last_yes_count is None else self.last_yes_count


class SeedAnswerQuerySet(models.QuerySet):
    def yes(self):
        return self.filter(said=SeedAnswer.Said.YES)

    def no(self):
        return self.filter(said=SeedAnswer.Said.NO)


class SeedAnswer(models.Model):
    """One person's answer. A yes has a name; of a no, a keyed hash is kept until the seed is over."""

    class Said(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    seed = models.ForeignKey(Seed, models.CASCADE, related_name="answers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="seed_answers"
    )
    person_key = models.CharField(max_length=64)
    said = models.CharField(max_length=3, choices=Said)

    objects = SeedAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["seed", "person_key"], name="one_seed_answer_each"),
            models.CheckConstraint(
                condition=models.Q(said="yes", person__isnull=False) | models.Q(said="no", person=None),
                name="only_a_yes_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} to {self.seed}"


class SeedInvitation(models.Model):
    """That an address was given, so that nobody is asked twice: a keyed hash of it, and of its own link."""

    seed = models.ForeignKey(Seed, models.CASCADE, related_name="invitations")
    address_key = models.CharField(max_length=64)
    token_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seed", "address_key"], name="one_seed_invitation_per_address")
        ]

    def __str__(self) -> str:
        return f"invitation to {self.seed}"
