"""A co-author: somebody asked to write along, who stands in the byline once they have said yes."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from peerhood.stories.models.story import Story


class CoAuthor(models.Model):
    story = models.ForeignKey(Story, models.CASCADE, related_name="co_authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    # As they were when they said yes, one on each line: another employer later changes nothing.
    affiliations = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["agreed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "person"], name="writes_along_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.story}"
