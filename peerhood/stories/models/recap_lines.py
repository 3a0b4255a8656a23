"""Lines: what those who were there add to a gathering's recap, without anybody's name."""

from django.db import models

from peerhood.gatherings.models import Gathering


class RecapLines(models.Model):
    """One row a gathering. The lines are one shuffled list: no row of its own tells who wrote when."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="recap_lines")
    said = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "recap lines"

    def __str__(self) -> str:
        return f"Lines about {self.gathering}"


class LineMark(models.Model):
    """Somebody has added theirs. The mark tells one from the next, and no name."""

    lines = models.ForeignKey(RecapLines, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lines", "mark"], name="one_recap_line_each")]

    def __str__(self) -> str:
        return "A line"
