"""A gathering: one meeting of a circle."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models.co_hosting import CoHosting
from peerhood.gatherings.models.seats import Mode, Part, Policy, Seats
from peerhood.gatherings.models.series import Series


class GatheringQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Gatherings this person may know of: announced ones of circles they see or belong to, and drafts they run."""
        seen = models.Q(circle__in=Circle.objects.visible_to(person))
        if not person.is_authenticated:
            return self.filter(Gathering.ANNOUNCED & seen)
        return self.filter(Gathering.ANNOUNCED & (seen | self._co_hosted_for(person)) | self._run_by(person))

    def listed_for(self, person, circles):
        """Gatherings of the circles this person sees, which are at hand already, and of those they belong to."""
        seen = models.Q(circle__in=circles)
        return (
            self.filter(seen | self._co_hosted_for(person)) if person.is_authenticated else self.filter(seen)
        )

    def hosted_by(self, circles):
        """Gatherings of these circles, their own and those they hold together with another one."""
        return self.filter(models.Q(circle__in=circles) | self._co_hosted_by(circles))

    @staticmethod
    def _co_hosted_by(circles) -> models.Q:
        agreed = CoHosting.objects.agreed().filter(circle__in=circles)
        return models.Q(pk__in=agreed.values("gathering"))

    @classmethod
    def _co_hosted_for(cls, person) -> models.Q:
        """A closed circle's gathering is known to members of the circle it is held together with, and to nobody else."""
        return cls._co_hosted_by(Membership.objects.inside().filter(person_id=person.pk).values("circle"))

    def run_by(self, person):
        """Gatherings that they host, or whose circle, or the one it is held together with, this person organises."""
        return self.filter(self._run_by(person))

    @classmethod
    def _run_by(cls, person) -> models.Q:
        organised = Membership.objects.organising().filter(person_id=person.pk).values("circle")
        hosting = Gathering.hosts.through.objects.filter(
            person_id=person.pk, gathering_id=models.OuterRef("pk")
        )
        return (
            models.Q(circle__in=organised) | cls._co_hosted_by(organised) | models.Q(models.Exists(hosting))
        )

    def drafts(self):
        return self.filter(state=Gathering.State.DRAFT).order_by("starts_at", "pk")

    def announced(self):
        return self.filter(Gathering.ANNOUNCED)

    def upcoming(self):
        """Announced and not yet over, soonest first."""
        moment = now()
        # Nothing lasts a month; saying so lets the index begin at last month instead of at the first gathering ever.
        recent = self.filter(state__in=Gathering.TAKING_PLACE, starts_at__gt=moment - timedelta(days=31))
        return recent.filter(ends_at__gt=moment).order_by("starts_at", "pk")

    def past(self):
        """Over, latest first."""
        return self.announced().filter(ends_at__lte=now()).order_by("-starts_at", "-pk")


class Gathering(Seats):
    """One meeting of a circle."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")
        MOVED_ONLINE = "moved-online", _("Moved online")
        HELD = "held", pgettext_lazy("gathering", "Held")

    Mode, Part, Policy = Mode, Part, Policy

    TAKING_PLACE = (State.PUBLISHED, State.MOVED_ONLINE, State.HELD)
    BEGINNING = ("starts_at", "wall_day", "wall_clock")
    # A draft that was thrown away was never announced, so nobody learns of it either.
    ANNOUNCED = ~models.Q(state=State.DRAFT) & ~models.Q(state=State.CANCELLED, published_at=None)

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="gatherings")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="gatherings")
    title = models.CharField(_("Title"), max_length=120)
    purpose = models.CharField(
        _("Why are we gathering?"),
        max_length=200,
        blank=True,
        help_text=_("One sentence: what will be different for those who came?"),
    )
    words = models.TextField(
        _("The host’s words"), blank=True, help_text=_("What it is about, and why to come. Markdown works.")
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    time_zone = models.CharField(max_length=60)
    # The clock on the wall when it starts: it stays, also when a country changes its rules.
    wall_day = models.DateField(null=True, editable=False)
    wall_clock = models.TimeField(null=True, editable=False)
    place_name = models.CharField(_("Place"), max_length=120, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    directions = models.TextField(_("How to get there"), blank=True)
    online_url = models.URLField(_("Link for those who join online"), blank=True)
    hosts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="hosted_gatherings", blank=True, verbose_name=_("Hosts")
    )
    # Grows with every change; editing compares it.
    version = models.PositiveIntegerField(default=0)
    # Grows with every other time or place, and when it is cancelled: calendars then ask their owners again.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=now)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["starts_at"], name="gatherings_by_start"),
            models.Index(fields=["circle"], condition=models.Q(state="draft"), name="gatherings_drafts"),
            models.Index(fields=["circle", "starts_at"], name="gatherings_of_circle"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="gathering_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="gathering_has_a_place"),
            models.CheckConstraint(
                condition=models.Q(online_capacity__gte=1), name="gathering_has_a_place_online"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gatherings:detail", args=[self.pk])

    @property
    def title_on_envelope(self) -> str:
        """What a mail's subject may say: subjects are read on locked screens, by assistants and filters."""
        return gettext("Network meeting") if self.is_discreet_on(Surface.MAIL_SUBJECT) else self.title

    @cached_property
    def level(self) -> str:
        """The level of its strictest item. Asked of the database once, unless fetched with it (``queries.with_level``)."""
        return confidentiality.strictest(self.agenda.values_list("confidentiality", flat=True))

    def allows(self, surface: Surface) -> bool:
        return confidentiality.allows(self.level, surface)

    def is_discreet_on(self, surface: Surface) -> bool:
        """Must an envelope or a calendar keep quiet about what this is? A closed circle's always."""
        return self.circle.is_closed() or not self.allows(surface)

    @property
    def room_name(self) -> str:
        """Where they meet in a room; empty when everybody joins online, whatever room was booked before."""
        return "" if self.mode == Mode.ONLINE else self.place_name

    @property
    def room_line(self) -> str:
        """The room with its address, in one line; empty online."""
        return ", ".join(filter(None, [self.room_name, self.room_name and self.address]))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    def hosting_circles(self) -> models.QuerySet[Circle]:
        """The circles that hold it: its own, and those that have agreed to."""
        agreed = self.co_hostings.agreed()
        return Circle.objects.filter(models.Q(pk=self.circle_id) | models.Q(pk__in=agreed.values("circle")))

    def is_circle_known_to(self, person) -> bool:
        """Whether this person may be told whose gathering it is; asks the database only of a closed circle."""
        return (
            not self.circle.is_closed()
            or Circle.objects.visible_to(person).filter(pk=self.circle_id).exists()
        )

    def circles_known_to(self, person) -> list[Circle]:
        """Those of them that this person may know of, its own first: holding one together names no closed circle."""
        known = self.hosting_circles().filter(pk__in=Circle.objects.visible_to(person).values("pk"))
        return sorted(known, key=lambda circle: (circle.pk != self.circle_id, circle.name))

    def begin_at(self, moment: datetime) -> None:
        """Begin then; whoever calls saves ``BEGINNING`` with it."""
        local = moment.astimezone(self.zone)
        self.starts_at, self.wall_day, self.wall_clock = moment, local.date(), local.time()

    def count_change(self) -> None:
        """Note one more change; whoever calls saves ``version`` and ``changed_at`` with it."""
        self.version += 1
        self.changed_at = now()

    def count_material_change(self) -> None:
        """Note another time or place, or that it is cancelled; whoever calls saves ``sequence`` with it.

        Words do not count: a calendar that is told a higher SEQUENCE asks its owner once more (RFC 5546, 2.1.4).
        """
        self.sequence += 1

    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    def has_begun(self) -> bool:
        return self.starts_at <= now()

    def is_over(self) -> bool:
        return self.ends_at <= now()

    def is_announced(self) -> bool:
        return self.state in self.TAKING_PLACE

    def is_for_everybody(self) -> bool:
        """What ``visible_to`` says of most gatherings, whoever asks: it may be known to all. Wants its circle."""
        return self.is_announced() and not self.circle.is_closed()

    def takes_answers(self) -> bool:
        return self.state in (self.State.PUBLISHED, self.State.MOVED_ONLINE) and not self.has_begun()
