"""A picture in a story: made anew from what was sent, with words for whoever does not see it, and whose it is."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from peerhood.stories.models.story import Story


class Picture(models.Model):
    """``number`` is what the text calls it by: ``![](picture:2)``. It is never given again."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(_("What it shows"), max_length=300)
    credit = models.CharField(_("Whose it is, and its licence"), max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="a_picture_has_its_number")]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("stories:picture", args=[self.story.slug, self.number])

    def reference(self) -> str:
        """What its writer puts into the text, on a line of its own."""
        return f"![](picture:{self.number})"
