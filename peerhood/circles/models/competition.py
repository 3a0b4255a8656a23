"""A competition: two employers whose people think twice before sharing a table."""

from django.db import models

from peerhood.circles.models.circle import Circle


class Competition(models.Model):
    """Two employers that compete, as this circle's organisers see it (the conflict map)."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="competitions")
    one = models.ForeignKey("people.Employer", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Employer", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "one", "other"], name="one_competition_per_pair"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="competition_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"
