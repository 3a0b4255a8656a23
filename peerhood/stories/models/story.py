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
from peerhood.stories.models.topic import Topic

WORDS_PER_MINUTE = 200


class StoryQuerySet(models.QuerySet):
    def with_level(self):
        """Fetch along what ``story.level`` would ask for each."""
        return self.annotate(level=level_of(models.OuterRef("gathering")))

    def published(self):
        return self.filter(published_at__lte=now()).order_by("-published_at", "-pk")

    def drafts(self):
        """What nobody reads yet: those with a time to come, too."""
        not_yet = models.Q(published_at=None) | models.Q(published_at__gt=now())
        return self.filter(not_yet).order_by("-created_at", "-pk")

    def submitted(self):
        """What waits for an editor, the longest wait first."""
        return self.filter(submitted_at__isnull=False, published_at=None).order_by("submitted_at", "pk")

    def named(self):
        """Those that may say who, about what and when; needs ``with_level``."""
        unnamed = [
            level for level in confidentiality.TABLE if confidentiality.write_up(level) != WriteUp.NAMED
        ]
        return self.exclude(level__in=unnamed)

    def with_authors(self):
        """Fetch along what a byline names."""
        return self.select_related("circle", "author").prefetch_related("co_authors__person")

    def signed_by(self, person):
        """What this person wrote, alone or with others, where a byline says so; needs ``with_level``."""
        together = Story.objects.filter(
            co_authors__person=person, co_authors__agreed_at__isnull=False
        ).values("pk")
        return self.named().filter(models.Q(author=person) | models.Q(pk__in=together))

    def visible_to(self, person):
        """Published stories of circles the person can see, what they wrote, and drafts of circles they organise.

        One for members is read by those who belong to its circle. Whoever was asked to write along sees it, and
        editors what was handed in to them.
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
            return seen.filter(is_members_only=False)
        inside = person.memberships.inside().values("circle")
        seen = seen.filter(models.Q(is_members_only=False) | models.Q(circle__in=inside))
        edited = Circle.objects.filter(pk__in=inside, newsroom__editors=person.pk).values("pk")
        asked = Story.objects.filter(co_authors__person=person.pk).values("pk")
        organised = Membership.objects.organising().filter(person_id=person.pk).values("circle")
        return self.filter(
            models.Q(pk__in=seen.order_by().values("pk"))
            | models.Q(author_id=person.pk)
            | models.Q(circle__in=organised)
            | models.Q(pk__in=asked)
            | models.Q(circle__in=edited, submitted_at__isnull=False)
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
    # It has a time to come, and the worker has not told anybody yet.
    is_scheduled = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_with = models.TextField(_("A word to the author"), max_length=1000, blank=True)
    is_members_only = models.BooleanField(_("Only members of the circle may read it"), default=False)
    canonical_url = models.URLField(_("It was published first at"), max_length=300, blank=True)
    # The author's, as they were when it was written, one on each line: another employer later changes nothing.
    affiliations = models.CharField(_("Under your name"), max_length=400, blank=True)
    topics = models.ManyToManyField(Topic, related_name="stories", blank=True)
    last_picture_number = models.PositiveSmallIntegerField(default=0)
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

    def is_public(self) -> bool:
        """Do its circle and its author let everybody read it?"""
        return not self.circle.is_closed() and not self.is_members_only

    def is_previewed(self) -> bool:
        """May a link to it say what it is about, with a picture beside it?"""
        is_out = self.is_published() and self.is_public()
        return is_out and confidentiality.allows(self.level, Surface.STRUCTURED_DATA)

    def is_signed(self) -> bool:
        return self.author is not None and self.is_named()

    def is_dated(self) -> bool:
        return self.is_published() and self.is_named()

    def is_about_a_named_gathering(self) -> bool:
        return self.gathering is not None and self.is_named()

    def is_findable(self) -> bool:
        """May search engines list its page?"""
        return self.is_public() and confidentiality.allows(self.level, Surface.INDEX)

    def may_be_passed_on(self) -> bool:
        """Has it links to pass it on? Not where its level, its circle or its author keeps it inside."""
        is_out = self.is_published() and self.is_public()
        return is_out and confidentiality.allows(self.level, Surface.SHARE)

    def may_have_pictures(self) -> bool:
        return confidentiality.may_attach(self.level, Surface.PHOTOS)

    def is_submitted(self) -> bool:
        return self.submitted_at is not None and self.published_at is None

    def will_be_published(self) -> bool:
        return self.published_at is not None and self.published_at > now()

    def reading_minutes(self) -> int:
        """How long it takes, at two hundred words a minute; one at least."""
        return max(1, round(len(self.text.split()) / WORDS_PER_MINUTE))

    def others_who_wrote(self) -> list:
        """The co-authors who said yes, where a byline may name them."""
        return [each for each in self.co_authors.all() if each.agreed_at] if self.is_named() else []

    def writers(self) -> list:
        """Everybody whose story it is, named in a byline or not."""
        others = [each.person for each in self.co_authors.all() if each.agreed_at]
        return [self.author, *others] if self.author else others

    def affiliation_lines(self) -> list[str]:
        return self.affiliations.splitlines()

    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= now()
