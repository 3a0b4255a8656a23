"""A look back: what those who came say of a gathering, and what its hosts note down."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from peerhood.gatherings.models.gathering import Gathering


class LookBack(models.Model):
    """One row a gathering. What was said is one shuffled list: no row of its own tells who wrote when."""

    class AtHome(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="look_back")
    # Pairs: one of AtHome, and a line, which may be empty.
    said = models.JSONField(default=list)
    notes = models.TextField(
        _("Notes for the recap"),
        blank=True,
        max_length=4000,
        help_text=_("What was on the walls, what came up. The recap begins with it."),
    )

    def __str__(self) -> str:
        return f"Looking back on {self.gathering}"


class Said(models.Model):
    """Somebody has answered. The mark tells one answer from the next, and no name."""

    look_back = models.ForeignKey(LookBack, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "said"
        constraints = [models.UniqueConstraint(fields=["look_back", "mark"], name="one_answer_back_each")]

    def __str__(self) -> str:
        return "An answer"
