"""An opportunity that a member tells the circle of; who is interested; and who is open to talk about any."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.people import silence
from peerhood.people.models import INSIDE


class Kind(models.TextChoices):
    JOB = "job", _("A job")
    CONTRACT = "contract", _("A contract")
    MENTORING = "mentoring", _("Mentoring")
    SPEAKING = "speaking", _("Speaking")
    VOLUNTEERING = "volunteering", _("Volunteering")
    OFFER = "offer", _("An offer to members")


class OpportunityQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Of circles this person belongs to, and by nobody who is hidden from them."""
        inside = Circle.objects.filter(memberships__person=person.pk, memberships__state__in=INSIDE)
        seen = self.filter(circle__in=inside.values("pk"))
        return seen.exclude(author__in=silence.hidden_from(person))

    def standing_on(self, day):
        """What is shown to members on this day."""
        return self.filter(closed_at=None, hidden_at=None, last_day__gte=day)

    def reported(self):
        return self.filter(reports__closed_at=None, reports__isnull=False).distinct()


class Opportunity(models.Model):
    """Shown to the members of one circle until its last day is over."""

    # Later than that nobody knows whether it is still true.
    AT_MOST, BY_ITSELF = timedelta(days=90), timedelta(days=30)

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="opportunities")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opportunities")
    kind = models.CharField(_("What it is"), max_length=12, choices=Kind)
    title = models.CharField(_("In one line"), max_length=120)
    text = models.TextField(_("More about it"), max_length=4000, blank=True)
    place = models.CharField(_("Where"), max_length=120, blank=True)
    link = models.URLField(
        _("Link"), max_length=300, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    # In the circle's time zone; it is shown until this day is over.
    last_day = models.DateField(_("Last day"))
    # When the last day was said: whoever has just said it is not reminded of it.
    dated_on = models.DateField()
    posted_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_reason = models.CharField(_("Why"), max_length=300, blank=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]
        indexes = [models.Index(fields=["circle", "last_day"], name="opportunities_of_circle")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("growth:opportunity", args=[self.circle.slug, self.pk])

    def today(self) -> date:
        return today_in(self.circle)

    def is_over(self) -> bool:
        return self.last_day < self.today()

    def is_standing(self) -> bool:
        return self.closed_at is None and self.hidden_at is None and not self.is_over()


class Interest(models.Model):
    """Somebody is interested. Its author reads it, and whoever said it; nobody else, and no number."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests")
    words = models.CharField(_("A line of your own"), max_length=300)
    said_at = models.DateTimeField(default=now)
    # Between two of whom one would rather not, it stays where it is. Whoever said it reads no difference.
    is_delivered = models.BooleanField(default=True)

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "person"], name="interested_once_in_each")
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk}"


class OpportunityReport(models.Model):
    """A word to the circle's organisers; the author never reads it, nor whose it is."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opportunity_reports")
    text = models.CharField(_("What is wrong with it?"), max_length=300)
    created_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "by"], name="one_report_of_an_opportunity_each")
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"


class OpenToTalk(models.Model):
    """Somebody is open to talk about opportunities, until a moment. Who reads it: ``opportunities/open_to_talk.py``."""

    FOR = timedelta(days=90)

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_to_talk")
    kinds = models.JSONField(default=list)
    words = models.CharField(_("A line with it"), max_length=200, blank=True)
    circles = models.ManyToManyField(Circle, related_name="+")
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Open to talk {self.pk}"

    def is_over(self) -> bool:
        return self.ends_at <= now()

    def kinds_said(self) -> list[str]:
        return [str(label) for kind, label in Kind.choices if kind in self.kinds]


def today_in(circle: Circle) -> date:
    """The day it is where the circle is."""
    return localdate(timezone=ZoneInfo(circle.time_zone))
