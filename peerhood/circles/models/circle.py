"""A circle: what it is for, and who may know of it."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.people.models import INSIDE, is_time_zone

# Words that stand where a circle's own word would stand in an address.
TAKEN_SLUGS = {"invitations", "new", "report", "seeds"}


def is_free_slug(slug: str) -> None:
    if slug in TAKEN_SLUGS:
        raise ValidationError(_("This word is taken."))


class CircleQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Circles whose existence this person may know of: the closed ones only from inside."""
        if not person.is_authenticated:
            return self.filter(kind__in=Circle.OPEN_KINDS)
        inside = Circle.objects.filter(memberships__person=person.pk, memberships__state__in=INSIDE)
        return self.filter(
            models.Q(kind__in=Circle.OPEN_KINDS)
            | models.Q(pk__in=inside.values("pk"))
            | models.Q(pk__in=Circle.objects.at_home_for(person).values("pk"))
        )

    def families_of(self, circles):
        """These circles, their parents, and the chapters of both: ``family`` for several."""
        roots = circles.annotate(root=Coalesce("parent", "pk")).values("root")
        return self.filter(models.Q(pk__in=roots) | models.Q(parent__in=roots))

    def locked(self, circle):
        """The circle, held until the transaction ends: two acts at once must see one another."""
        return self.select_for_update(no_key=True).get(pk=circle.pk)

    def at_home_for(self, person):
        """Circles within the employer of whom this person has a proven address.

        Whom an organiser took off the list is a stranger again, until they are asked in.
        """
        proven = EmailAddress.objects.filter(user=person.pk, verified=True)
        # The whole of what stands after the @: mail.example.org is not example.org.
        ending = Concat(models.Value("@"), models.OuterRef("houses__domain"))
        removed = Circle.objects.filter(
            memberships__person=person.pk,
            memberships__removals__isnull=False,
            memberships__removals__ended_at=None,
        )
        at_home = models.Exists(proven.filter(email__iendswith=ending))
        return self.filter(at_home, kind=Circle.Kind.IN_HOUSE).exclude(pk__in=removed.values("pk"))


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
    # How applications are asked: two routes in, and questions of the circle's own.
    leading_route = models.CharField(_("The first way in"), max_length=160, blank=True)
    curious_route = models.CharField(_("The second way in"), max_length=160, blank=True)
    questions = models.JSONField(default=list, blank=True, help_text="Texts, in the order they are asked.")
    # Empty: as many as come.
    member_limit = models.PositiveSmallIntegerField(
        _("How many at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("Time zone"), max_length=60, validators=[is_time_zone])
    town = models.CharField(_("Town"), max_length=80, blank=True)
    # Empty: it began when it came here.
    founded_on = models.DateField(_("It has met since"), null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    objects = CircleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circles:detail", args=[self.slug])

    def routes(self) -> list[str]:
        """The two ways in, in the circle's words, or in plain ones in its language."""
        with translation.override(self.language):
            return [
                self.leading_route or translation.gettext("I lead this kind of work."),
                self.curious_route or translation.gettext("I am curious, and willing to share."),
            ]

    def current_agreement(self):
        """What members agree to today; None when nothing is asked."""
        latest = self.agreements.order_by("-version").first()
        return latest if latest and latest.text else None

    def is_closed(self) -> bool:
        """Nobody outside may learn that it exists."""
        return self.kind not in self.OPEN_KINDS

    @property
    def name_on_envelope(self) -> str:
        """What a mail's subject may call it: subjects are read on locked screens, by assistants and filters."""
        return gettext("one of your circles") if self.is_closed() else self.name

    def family(self) -> models.QuerySet["Circle"]:
        """This circle and those whose members may visit it: its parent and its sister chapters."""
        root = self.parent_id or self.pk
        return Circle.objects.filter(models.Q(pk=root) | models.Q(parent=root))
