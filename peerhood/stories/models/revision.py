"""A revision: the words of a story as one save left them."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from peerhood.stories.models.story import Story


class Revision(models.Model):
    """``version`` is the story's when it was saved. Whose words they were is kept, and not told of a story without names."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    teaser = models.CharField(max_length=240, blank=True)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["story", "version"], name="one_revision_a_version")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
