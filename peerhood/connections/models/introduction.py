"""An introduction: one asks somebody they keep to bring them together with a third."""

from datetime import timedelta
from itertools import permutations

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.people.models import Silence


class IntroductionQuerySet(models.QuerySet):
    def going_on(self):
        """Those that may still lead somewhere, as far as the asker knows: whatever the others did with it."""
        return self.filter(state__in=Introduction.GOING_ON, ends_at__gt=now())

    def over(self):
        """Their time has passed, and the worker has not come by."""
        return self.filter(state__in=Introduction.GOING_ON, ends_at__lte=now())

    def lately(self, asker):
        """Of this asker, those that go on or were over not long ago."""
        return self.filter(asker=asker, ends_at__gt=now() - Introduction.LEFT_IN_PEACE)

    def with_nobody_apart(self, *names):
        """Without those where one of the people named so would rather not be with another of them."""
        apart = models.Q()
        for one, other in permutations(names, 2):
            apart |= models.Q(owner=models.OuterRef(one), about=models.OuterRef(other))
        return self.exclude(models.Exists(Silence.objects.filter(apart)))


class Introduction(models.Model):
    """A wish, and what became of it.

    The asker reads the same from the asking until ``ends_at``, unless all say yes or they take it back.
    """

    class State(models.TextChoices):
        OPEN = "open"
        LEFT = "left"
        PASSED = "passed"
        # Passed on as far as whoever did it knows; it reached nobody, or reaches them no more.
        HELD = "held"
        DECLINED = "declined"
        AGREED = "agreed"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"

    GOING_ON = (State.OPEN, State.LEFT, State.PASSED, State.HELD, State.DECLINED)
    # To whoever passed it on these are one.
    PASSED_ON = (State.PASSED, State.HELD, State.DECLINED)
    OPEN_FOR = timedelta(days=30)
    # So long after it was over the same person is not asked for by the same asker again.
    LEFT_IN_PEACE = timedelta(days=90)

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    go_between = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("Whom you ask")
    )
    # Whom the asker would like to meet: somebody they may see in their circles, or else ``wish`` says it.
    wanted = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    wish = models.CharField(_("Somebody who"), max_length=200, blank=True)
    reason = models.CharField(_("Why you would like to meet"), max_length=400)
    # To whom the one who was asked passed it on; their own business, as whom they keep is.
    passed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    line = models.CharField(_("A line of your own"), max_length=400, blank=True)
    # Whom it reached.
    target = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    made_at = models.DateTimeField(default=now)
    # When it lapses; when it was over, once it is.
    ends_at = models.DateTimeField()

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asker=models.F("go_between")), name="introduced_by_another"
            ),
            models.CheckConstraint(
                condition=models.Q(target=None)
                | ~models.Q(target=models.F("asker")) & ~models.Q(target=models.F("go_between")),
                name="introduced_to_a_third",
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=False)
                | ~models.Q(state__in=["passed", "declined", "agreed"]),
                name="passed_on_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_at"], name="introductions_over")]

    def __str__(self) -> str:
        return f"Introduction {self.pk}"

    def is_going_on(self) -> bool:
        return self.state in self.GOING_ON and self.ends_at > now()

    def is_open(self) -> bool:
        """Still to be passed on, or quietly not."""
        return self.state == self.State.OPEN and self.ends_at > now()

    def is_passed(self) -> bool:
        """The one it reached has not answered."""
        return self.state == self.State.PASSED and self.ends_at > now()

    def is_passed_on(self) -> bool:
        """As whoever passed it on reads it."""
        return self.state in self.PASSED_ON and self.ends_at > now()

    def is_agreed(self) -> bool:
        return self.state == self.State.AGREED

    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN
