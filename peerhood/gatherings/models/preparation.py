"""The preparation pack: what those who come read and think about beforehand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models.gathering import Gathering


class Preparation(models.Model):
    """Two questions, and something to read."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="preparation")
    first_question = models.CharField(_("A question to bring an answer to"), max_length=200, blank=True)
    second_question = models.CharField(_("A second one"), max_length=200, blank=True)
    reading = models.TextField(
        _("Something to read"),
        blank=True,
        max_length=2000,
        help_text=_("Links, or a few lines. Markdown works."),
    )

    def __str__(self) -> str:
        return f"Preparation for {self.gathering}"


class Look(models.Model):
    """Somebody looked at the pack. Who it was is not written down: the mark only tells one reader from the next."""

    preparation = models.ForeignKey(Preparation, models.CASCADE, related_name="looks")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["preparation", "mark"], name="one_look_each")]

    def __str__(self) -> str:
        return "A look"
