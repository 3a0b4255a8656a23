"""A person: owns their account, and outlives any employer."""

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.db.models.query_utils import DeferredAttribute
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.people.seeing.visibility import Level, is_open_to, level_of, levels_open_to

if TYPE_CHECKING:
    from peerhood.people.models.affiliation import Affiliation

# The states of a membership that open a circle's doors (circles.Membership.INSIDE).
INSIDE = ("active", "paused")


def is_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("This is not a time zone we know."))


class Name(DeferredAttribute):
    """How a name is read: of whoever was erased there is none, and every page says so.

    Only in what is read: nothing writes the words down, and the database would refuse them (see ``Meta``).
    """

    def __get__(self, person, cls=None):
        said = super().__get__(person, cls)
        return gettext("A former member") if said == "" and person.__dict__.get("erased_at") else said

    def __set__(self, person, name: str) -> None:
        person.__dict__["name"] = name


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, viewer: "Person | AnonymousUser") -> "PersonQuerySet":
        """Whose name the viewer may see: their own, those of their circles, and whoever opened theirs wider."""
        if not viewer.is_authenticated:
            return self.filter(is_active=True, visibility__name=Level.PUBLIC)
        return self.filter(
            models.Q(pk=viewer.pk)
            | models.Q(pk__in=Person.objects.sharing_a_circle_with(viewer).values("pk"))
            | models.Q(visibility__name__in=levels_open_to(Level.MEMBERS)),
            is_active=True,
        ).not_hidden_from(viewer)

    def not_hidden_from(self, viewer: "Person") -> "PersonQuerySet":
        """Without those whom the viewer blocked, and those who blocked the viewer."""
        blocking = Person.objects.filter(silences__about=viewer.pk, silences__kind="block")
        blocked = Person.objects.filter(silences_about__owner=viewer.pk, silences_about__kind="block")
        return self.exclude(pk__in=blocking.values("pk")).exclude(pk__in=blocked.values("pk"))

    def sharing_a_circle_with(self, viewer: "Person") -> "PersonQuerySet":
        """Whoever is inside a circle the viewer is inside of, by their own yes."""
        # Circles come later in the line, so they are named here, not imported.
        return self.filter(
            memberships__state__in=INSIDE,
            # Whom an organiser's list put there has not said yes: their profile is not shown for it.
            memberships__invitations=None,
            memberships__circle__memberships__person=viewer.pk,
            memberships__circle__memberships__state__in=INSIDE,
        )

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
        help_text=_("One line, as you would say it at a table."),
    )
    ask_me_about = models.CharField(_("Ask me about"), max_length=160, blank=True)
    would_learn = models.CharField(_("I would like to learn"), max_length=160, blank=True)
    could_talk = models.CharField(_("I could talk about"), max_length=160, blank=True)
    town = models.CharField(_("Town"), max_length=80, blank=True)
    languages = models.JSONField(_("Languages you speak"), default=list, blank=True)
    links = models.JSONField(_("Links"), default=list, blank=True)
    # Answers to the pack's questions, by key: {"sector": "public", "tools": ["wiki"]}; the pack's forms check them.
    profile = models.JSONField(default=dict, blank=True)
    # Who sees what: {"town": "public", "profile.sector": "me"}; see people/seeing/visibility.py.
    visibility = models.JSONField(default=dict, blank=True)
    # Names the photo without opening it; empty when there is none.
    photo_digest = models.CharField(max_length=16, blank=True)
    one_address_is_enough = models.BooleanField(default=False)
    welcomed_at = models.DateTimeField(
        null=True, help_text="When the three questions were answered or skipped."
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)
    # Since then this is an empty shell: what others did together keeps its counts and its order.
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = PersonManager.from_queryset(PersonQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
            # Whatever is still on its way when somebody is erased cannot bring them back.
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(
                    name="",
                    email=None,
                    work="",
                    ask_me_about="",
                    would_learn="",
                    could_talk="",
                    town="",
                    photo_digest="",
                    is_active=False,
                ),
                name="an_erased_person_is_a_shell",
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Somebody new")

    @property
    def first_name(self) -> str:
        if self.erased_at:
            return self.name
        return self.name.split()[0] if self.name.strip() else ""

    def circles_shared_with(self, other: "Person") -> list[str]:
        """Names of the circles that both are inside of."""
        both = self.memberships.filter(
            state__in=INSIDE,
            circle__memberships__person=other.pk,
            circle__memberships__state__in=INSIDE,
        )
        return list(both.order_by("circle__name").values_list("circle__name", flat=True))

    @property
    def web_links(self) -> list[str]:
        """Their links that a page may have: an address of another kind would be run, not opened."""
        return [link for link in self.links if link.lower().startswith(("https://", "http://"))]

    def current_affiliation(self) -> "Affiliation | None":
        """The job held today; uses prefetched affiliations when there are any."""
        return next((a for a in self.affiliations.all() if a.is_current()), None)

    def shows(self, field: str, nearness: Level = Level.CIRCLES) -> bool:
        """May somebody as near as this see the field?"""
        return is_open_to(nearness, level_of(self.visibility, field))

    # What the lists of a circle, its gatherings and one's connections say beside a name.

    @property
    def work_in_circles(self) -> str:
        """What they do, or their job, in one line, as people of their circles may read it."""
        if self.work and self.shows("work"):
            return self.work
        return str(self.current_affiliation() or "") if self.shows("job") else ""

    @property
    def town_in_circles(self) -> str:
        return self.town if self.shows("town") else ""

    @property
    def photo_in_circles(self) -> str:
        """The address of their small photo for people of their circles; empty when there is none to see."""
        if not (self.photo_digest and self.shows("photo")):
            return ""
        return reverse("people:photo", args=[self.pk, self.photo_digest, "small"])


Person.name = Name(Person._meta.get_field("name"))  # type: ignore[assignment]
