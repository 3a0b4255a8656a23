"""An entry: what some people may find of one thing, as words."""

from django.db import models


class Entry(models.Model):
    """A row of the index. A thing has one for each audience that may know something else of it.

    All text is folded (``folding.py``). The database's own full text index stands beside this
    table and follows it by itself: see the first migration.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    # What it is called; also its place among equals.
    title = models.TextField()
    # Every word it is found by, the title's among them.
    words = models.TextField()
    # Who may find it, as one of its kind, and what it can be narrowed by: "a_person__members f_town__malmo".
    marks = models.TextField()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["kind", "object_id"], name="entries_of_one_thing"),
            models.Index(fields=["kind", "title", "object_id"], name="entries_by_title"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.title}"
