"""A circle: what it is for, and who may know of it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.people.models import INSIDE, is_time_zone

# Words that stand where a circle's own word would stand in an address.
TAKEN_SLUGS = {"invitations", "new", "seeds"}


def is_free_slug(slug: str) -> None:
    if slug in TAKEN_SLUGS:
        raise ValidationError(_("This word is taken."))


class CircleQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Circles whose existence this person may know of: the closed ones only from inside."""
        if not person.is_authenticated:
            return self.filter(kind__in=Circle.OPEN_KINDS)
        inside = Circle.objects.filter(memberships__person=person.pk, memberships__state__in=INSIDE)
        return self.filter(models.Q(kind__in=Circle.OPEN_KINDS) | models.Q(pk__in=inside.values("pk")))


class Circle(models.Model):
    """A group of peers that meets regularly. One with chapters is a network."""

    class Kind(models.TextChoices):
        OPEN = "open", _("Open to everyone")
        BY_APPLICATION = "application", _("By application")
        INVITATION_ONLY = "invitation", _("Invitation only")
        IN_HOUSE = "in-house", _("Within one employer")

    OPEN_KINDS = (Kind.OPEN, Kind.BY_APPLICATION)

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="chapters")
    name = models.CharField(_("Name"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True, validators=[is_free_slug])
    kind = models.CharField(_("Who can join"), max_length=12, choices=Kind, default=Kind.OPEN)
    purpose = models.TextField(_("What it is for"), max_length=2000)
    eligibility = models.TextField(_("Who it is for"), max_length=4000, blank=True)
    agreement = models.TextField(_("What members agree to"), max_length=4000, blank=True)
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("Time zone"), max_length=60, validators=[is_time_zone])
    town = models.CharField(_("Town"), max_length=80, blank=True)
    created_at = models.DateTimeField(default=now)

    objects = CircleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circles:detail", args=[self.slug])

    def is_closed(self) -> bool:
        """Nobody outside may learn that it exists."""
        return self.kind not in self.OPEN_KINDS

    def family(self) -> models.QuerySet["Circle"]:
        """This circle and those whose members may visit it: its parent and its sister chapters."""
        root = self.parent_id or self.pk
        return Circle.objects.filter(models.Q(pk=root) | models.Q(parent=root))
