"""A co-hosting: a second circle holds a gathering, too, once both sides have said yes."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle


class CoHostingQuerySet(models.QuerySet):
    def agreed(self):
        return self.filter(state=CoHosting.State.AGREED)

    def standing(self):
        """Asked and not answered, or agreed: what can still be taken back."""
        return self.filter(state__in=CoHosting.STANDING)


class CoHosting(models.Model):
    """One circle asked to hold one gathering, and what it said. A no stands; what is withdrawn can be asked again."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    STANDING = (State.ASKED, State.AGREED)

    gathering = models.ForeignKey("gatherings.Gathering", models.CASCADE, related_name="co_hostings")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="co_hostings")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = CoHostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "circle"], name="one_co_hosting_each"),
        ]
        indexes = [
            models.Index(fields=["circle", "gathering"], condition=models.Q(state="agreed"), name="co_hosted")
        ]

    def __str__(self) -> str:
        return f"{self.circle} at {self.gathering}"

    def get_absolute_url(self) -> str:
        return reverse("gatherings:co_hosting", args=[self.pk])

    def is_asked(self) -> bool:
        return self.state == self.State.ASKED

    def is_agreed(self) -> bool:
        return self.state == self.State.AGREED

    def is_standing(self) -> bool:
        return self.state in self.STANDING
