"""Mentoring: who offers it in a circle, who asks whom, and two people who agreed on it until a day."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.growth.models.opportunity import today_in
from peerhood.people.models import Person

MOST_AT_A_TIME = 5
MOST_GOALS, GOAL_LENGTH = 5, 160
BY_ITSELF, AT_MOST = timedelta(days=182), timedelta(days=365)


class OfTwoQuerySet(models.QuerySet):
    """What has a mentor and a mentee."""

    def of(self, person):
        return self.filter(models.Q(mentor=person) | models.Q(mentee=person))

    def visible_to(self, person):
        """Their own, unless one of the two has blocked the other since."""
        seen = Person.objects.not_hidden_from(person).values("pk")
        return self.of(person).filter(mentor__in=seen, mentee__in=seen)

    def between(self, one, other):
        return self.filter(models.Q(mentor=one, mentee=other) | models.Q(mentor=other, mentee=one))


class MentorOffer(models.Model):
    """A member of a circle offers to mentor, so many at a time."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="mentor_offers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.CharField(_("What about"), max_length=400)
    cap = models.PositiveSmallIntegerField(
        _("How many at a time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_A_TIME)],
    )
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "person"], name="one_mentor_offer_each"),
            models.CheckConstraint(
                condition=models.Q(cap__gte=1, cap__lte=MOST_AT_A_TIME), name="mentor_offer_has_a_cap"
            ),
        ]

    def __str__(self) -> str:
        return f"Offer {self.pk}"


class MentoringAsk(models.Model):
    """Somebody asks a mentor, with why, goals and a day until when."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ACCEPTED = "accepted", _("Agreed")
        DECLINED = "declined", _("Not this time")
        WITHDRAWN = "withdrawn", _("Taken back")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    why = models.TextField(_("Why you ask them"), max_length=600)
    # A goal a line.
    goals = models.TextField(_("Goals, one on each line"), max_length=900)
    ends_on = models.DateField(_("Until when"))
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)

    objects = OfTwoQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Least("mentor", "mentee"),
                Greatest("mentor", "mentee"),
                condition=models.Q(state="open"),
                name="one_open_mentoring_ask_per_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(mentor=models.F("mentee")), name="mentoring_is_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"Ask {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("growth:mentoring_ask", args=[self.pk])

    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def the_other(self, person):
        return self.mentee if person.pk == self.mentor_id else self.mentor


class MentoringPair(models.Model):
    """Two people, from a day until one that both agreed on."""

    ask = models.OneToOneField(MentoringAsk, models.SET_NULL, null=True, related_name="pair")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="mentoring_pairs")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    # What one of the two proposes, once; the other says yes.
    prolong_to = models.DateField(_("Until when"), null=True)
    mentor_proposed = models.BooleanField(null=True)
    was_prolonged = models.BooleanField(default=False)
    # By itself, or by one of the two: which is not written down.
    ended_at = models.DateTimeField(null=True)

    objects = OfTwoQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-pk"]

    def __str__(self) -> str:
        return f"Pair {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("growth:mentoring_pair", args=[self.pk])

    def the_other(self, person):
        return self.mentee if person.pk == self.mentor_id else self.mentor

    def is_active(self) -> bool:
        return self.ended_at is None and self.ends_on >= today_in(self.circle)

    def is_proposed_by(self, person) -> bool:
        return self.mentor_proposed is not None and self.mentor_proposed == (person.pk == self.mentor_id)


class MentoringGoal(models.Model):
    """A line that either of the two ticks."""

    pair = models.ForeignKey(MentoringPair, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=GOAL_LENGTH)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"Goal {self.pk}"


class MentoringNote(models.Model):
    """What one of the two writes for themselves, and the line on what they gained. The other never reads it."""

    pair = models.ForeignKey(MentoringPair, models.CASCADE, related_name="notes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("For yourself"), max_length=4000, blank=True)
    gained = models.CharField(_("What I gained, in one line"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "person"], name="one_mentoring_note_each")]

    def __str__(self) -> str:
        return f"Note {self.pk}"
