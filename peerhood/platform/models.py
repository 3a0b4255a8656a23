"""Two small tables every step may lean on: version stamps, and the worker's pulse."""

from django.db import models


class Stamp(models.Model):
    """A number that grows whenever something public changes; pages are kept for as long as it stands."""

    name = models.CharField(max_length=60, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Pulse(models.Model):
    """When a background process last said that it is alive."""

    name = models.CharField(max_length=60, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%H:%M:%S}"
