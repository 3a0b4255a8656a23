"""An outside event: a conference somebody in a circle lists, and who of its members is going."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.growth.outside.addresses import is_web_address
from peerhood.people import silence
from peerhood.people.models import INSIDE


class OutsideEventQuerySet(models.QuerySet["OutsideEvent"]):
    def visible_to(self, person):
        """Of circles this person belongs to, and listed by nobody who is hidden from them."""
        inside = Circle.objects.filter(memberships__person=person.pk, memberships__state__in=INSIDE)
        seen = self.filter(circle__in=inside.values("pk"))
        # Not exclude(listed_by__in=…) alone: an event whose lister is gone has none.
        return seen.exclude(listed_by__isnull=False, listed_by__in=silence.hidden_from(person))

    def upcoming(self):
        """Not over, the next first."""
        return self.filter(ends_on__gte=localdate()).order_by("starts_on", "pk")

    def past(self):
        """Over, the latest first."""
        return self.filter(ends_on__lt=localdate()).order_by("-starts_on", "-pk")


class OutsideEvent(models.Model):
    """A conference, for the members of one circle."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="outside_events")
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("What it is called"), max_length=120)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    place = models.CharField(_("Place"), max_length=160, blank=True)
    is_online = models.BooleanField(_("One can take part online"), default=False)
    link = models.URLField(_("Address on the web"), max_length=500, blank=True, validators=[is_web_address])
    why = models.TextField(
        _("Why go"), max_length=1000, blank=True, help_text=_("A line or two to the members of the circle.")
    )
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    listed_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    objects = OutsideEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["circle", "ends_on"], name="outside_events_of_circle")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="outside_event_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("growth:outside_event", args=[self.circle.slug, self.pk])

    @property
    def is_over(self) -> bool:
        return self.ends_on < localdate()

    @property
    def is_one_day(self) -> bool:
        return self.starts_on == self.ends_on


class OutsideGoing(models.Model):
    """One member is going. Whether others may read it is a second choice, and not made for anybody."""

    event = models.ForeignKey(OutsideEvent, models.CASCADE, related_name="going")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_shown = models.BooleanField(default=False)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="goes_to_it_once")]

    def __str__(self) -> str:
        return f"Going to {self.event_id}"
