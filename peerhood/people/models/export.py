"""An export: everything that names somebody, for them to take along."""

from django.db import models
from django.utils.timezone import now

from peerhood.people.models.person import Person


class Export(models.Model):
    """Made by the worker, table by table; kept in the database, so that an erasure takes it in one go."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    person = models.ForeignKey(Person, models.CASCADE, related_name="exports")
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    done_count = models.PositiveSmallIntegerField(default=0)
    total_count = models.PositiveSmallIntegerField()
    # The tables made so far, each a list of rows; emptied when the file is made.
    tables = models.JSONField(default=dict)
    file = models.BinaryField(null=True)
    asked_at = models.DateTimeField(default=now)
    # When a table was last made: one that has not moved was left behind by a crash.
    moved_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], name="one_export_each"),
        ]

    def __str__(self) -> str:
        return f"An export, {self.state}"

    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    def is_done(self) -> bool:
        return self.state == self.State.DONE
