"""What came of it: stories, and the recaps of gatherings."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Level, Surface, WriteUp
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.queries import level_of


class StoryQuerySet(models.QuerySet):
    def with_level(self):
        """Fetch along what ``story.level`` would ask for each."""
        return self.annotate(level=level_of(models.OuterRef("gathering")))

    def published(self):
        return self.filter(published_at__lte=now()).order_by("-published_at", "-pk")

    def drafts(self):
        return self.filter(published_at=None).order_by("-created_at", "-pk")

    def visible_to(self, person):
        """Published stories of circles the person can see, what they wrote, and drafts of circles they organise.

        Where a gathering has, or got, a rule of which nothing is told after its story was published, it is a draft again to all
        but those; unless it says only how it was done.
        """
        untold = AgendaItem.objects.filter(
            gathering=models.OuterRef("gathering"), confidentiality__in=confidentiality.never_written_up()
        )
        seen = self.filter(
            models.Q(is_method_only=True) | ~models.Exists(untold),
            published_at__lte=now(),
            circle__in=Circle.objects.visible_to(person),
        )
        if not person.is_authenticated:
            return seen
        organised = Membership.objects.organising().filter(person_id=person.pk).values("circle")
        return self.filter(
            models.Q(pk__in=seen.order_by().values("pk"))
            | models.Q(author_id=person.pk)
            | models.Q(circle__in=organised)
        )


class Story(models.Model):
    """An article with a byline. A recap is a story about one gathering."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="stories")
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, blank=True, related_name="stories")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="stories")
    title = models.CharField(_("Title"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    teaser = models.CharField(_("Teaser"), max_length=240, blank=True)
    text = models.TextField(_("Text"), help_text=_("Markdown works."))
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    # Written by the site, of a gathering of which nothing else may be told (recaps.method_only).
    is_method_only = models.BooleanField(default=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["-published_at"], name="stories_latest_first")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stories:detail", args=[self.slug])

    @cached_property
    def level(self) -> str:
        """The level of its gathering's strictest item. Asked of the database once, unless fetched ``with_level``."""
        return self.gathering.level if self.gathering else str(Level.OPEN)

    def is_named(self) -> bool:
        """May it say who wrote it, about which gathering, and when?"""
        return confidentiality.write_up(self.level) == WriteUp.NAMED

    def is_previewed(self) -> bool:
        """May a link to it say what it is about?"""
        return bool(self.teaser) and confidentiality.allows(self.level, Surface.STRUCTURED_DATA)

    def is_signed(self) -> bool:
        return self.author is not None and self.is_named()

    def is_dated(self) -> bool:
        return self.is_published() and self.is_named()

    def is_about_a_named_gathering(self) -> bool:
        return self.gathering is not None and self.is_named()

    def is_findable(self) -> bool:
        """May search engines list its page?"""
        return not self.circle.is_closed() and confidentiality.allows(self.level, Surface.INDEX)

    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= now()
