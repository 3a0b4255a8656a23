"""What came of it: stories, and the recaps of gatherings."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.models import Gathering


class StoryQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__lte=now()).order_by("-published_at", "-pk")

    def drafts(self):
        return self.filter(published_at=None).order_by("-created_at", "-pk")

    def visible_to(self, person):
        """Published stories of circles the person can see, what they wrote, and drafts of circles they organise."""
        seen = self.filter(published_at__lte=now(), circle__in=Circle.objects.visible_to(person))
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

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["-published_at"], name="stories_latest_first")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stories:detail", args=[self.slug])

    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= now()
