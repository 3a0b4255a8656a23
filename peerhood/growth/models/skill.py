"""Skills: a circle's own list, what somebody says of themselves, and what they let a circle know of it.

A skill is named by its key: the pack's (letters), or a circle's own (``own-7``). What people said keeps
its key, so another name is read everywhere, and a skill taken off the list is still theirs.
"""

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle


class CircleSkill(models.Model):
    """A line of a circle's own list. It is kept when it is taken off: somebody may have said something of it."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="skills")
    name = models.CharField(_("Skill"), max_length=120)
    position = models.PositiveSmallIntegerField()
    is_listed = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"own-{self.pk}"


class Assessment(models.Model):
    """What somebody said of themselves on one day: about a circle's own list, or about the pack's."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skill_assessments")
    # None: the pack's list.
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, related_name="+")
    made_on = models.DateField(default=localdate)
    # Levels by key, 1 to 5: {"risk": 3}. What was skipped is not there.
    levels = models.JSONField(default=dict)

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "circle", "made_on"],
                condition=models.Q(circle__isnull=False),
                name="one_assessment_a_day_of_a_circle",
            ),
            models.UniqueConstraint(
                fields=["person", "made_on"],
                condition=models.Q(circle=None),
                name="one_assessment_a_day_of_the_pack",
            ),
        ]

    def __str__(self) -> str:
        return f"Said on {self.made_on}"


class SkillShare(models.Model):
    """Somebody lets their answers be counted with those of a circle's other members."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="skill_shares")
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "circle"], name="shares_with_a_circle_once")]

    def __str__(self) -> str:
        return f"Shared with {self.circle_id}"


class SkillOffer(models.Model):
    """Somebody can help with this, and agreed that this circle's members read their name beside it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="skill_offers")
    key = models.CharField(max_length=40)
    since = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["circle", "key"], name="growth_skill_offers")]
        constraints = [
            models.UniqueConstraint(fields=["person", "circle", "key"], name="offers_help_with_it_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} in {self.circle_id}"


class SkillFigure(models.Model):
    """How many of a circle's members said which level, as last reckoned: what members read until the next time."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    # Five counts, of the levels 1 to 5.
    counts = models.JSONField()
    made_on = models.DateField(default=localdate)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "key"], name="one_figure_of_a_skill")]

    def __str__(self) -> str:
        return f"{self.key} in {self.circle_id}"


class SkillFigureAnswer(models.Model):
    """Whose answer is in a figure, and which: so that the next one differs from it by five people or not at all."""

    figure = models.ForeignKey(SkillFigure, models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["figure", "person"], name="counts_once_in_a_figure")]

    def __str__(self) -> str:
        return f"An answer in {self.figure_id}"
