"""Persons and their jobs. A person owns their account and outlives any employer."""

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# The states of a membership that open a circle's doors (circles.Membership.INSIDE).
INSIDE = ("active", "paused")


def is_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("This is not a time zone we know."))


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, viewer: "Person | AnonymousUser") -> "PersonQuerySet":
        """The viewer, and whoever is inside a circle the viewer is inside of."""
        if not viewer.is_authenticated:
            return self.none()
        # Circles come later in the line, so they are named here, not imported.
        sharing = Person.objects.filter(
            memberships__state__in=INSIDE,
            # Whom an organiser's list put there has not said yes: their profile is not shown for it.
            memberships__invitations=None,
            memberships__circle__memberships__person=viewer.pk,
            memberships__circle__memberships__state__in=INSIDE,
        )
        return self.filter(models.Q(pk=viewer.pk) | models.Q(pk__in=sharing.values("pk")), is_active=True)

    def at(self, address: str) -> "PersonQuerySet":
        """Whoever has this main address, however it was written."""
        # Lower is what the unique index is made of.
        return self.alias(lower_email=Lower("email")).filter(lower_email=address.lower())


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str | None = None, **fields) -> "Person":
        """A person without a password: they sign in by a code or a passkey. No address is fine, too."""
        person = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, **fields) -> "Person":
        return self.create_user(email, is_superuser=True, is_staff=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody in the network, named as they say it.

    ``email`` mirrors the main address; all verified ones are allauth's EmailAddress rows.
    It may be empty: an organiser imported the person from a list without addresses.
    """

    name = models.CharField(_("Your name"), max_length=120)
    email = models.EmailField(_("E-mail"), null=True, blank=True, unique=True)
    language = models.CharField(
        _("Language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(
        _("Time zone"), max_length=60, default=settings.TIME_ZONE, validators=[is_time_zone]
    )
    work = models.CharField(
        _("What you do"),
        max_length=160,
        blank=True,
        help_text=_("One line, such as “portfolio office of one”."),
    )
    ask_me_about = models.CharField(_("Ask me about"), max_length=160, blank=True)
    town = models.CharField(_("Town"), max_length=80, blank=True)
    # The pack's vocabulary: scope, control, team size, sector, role. Keys are checked by the pack's forms.
    profile = models.JSONField(default=dict, blank=True)
    welcomed_at = models.DateTimeField(
        null=True, help_text="When the three questions were answered or skipped."
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)

    objects = PersonManager.from_queryset(PersonQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.name or gettext("Somebody new")

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.strip() else ""

    def circles_shared_with(self, other: "Person") -> list[str]:
        """Names of the circles that both are inside of."""
        both = self.memberships.filter(
            state__in=INSIDE,
            circle__memberships__person=other.pk,
            circle__memberships__state__in=INSIDE,
        )
        return list(both.order_by("circle__name").values_list("circle__name", flat=True))

    def current_affiliation(self) -> "Affiliation | None":
        """The job held today; uses prefetched affiliations when there are any."""
        return next((a for a in self.affiliations.all() if a.is_current()), None)


class Employer(models.Model):
    """An organisation people work for. Never a customer of ours: no page is made for employers."""

    name = models.CharField(max_length=120)
    sector = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_employer_per_name")]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A dated job at an employer. Changing it changes nothing else that is the person's."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="affiliations")
    title = models.CharField(_("Title"), max_length=120, blank=True)
    started_on = models.DateField(_("From"), null=True, blank=True)
    ended_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None)
                | models.Q(started_on=None)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="job_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}" if self.title else str(self.employer)

    def is_current(self) -> bool:
        return self.ended_on is None or self.ended_on >= localdate()
