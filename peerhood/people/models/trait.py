"""A trait: one thing somebody has in common with others, as a row that can be counted."""

from django.db import models

from peerhood.people.models.person import Person
from peerhood.people.seeing.visibility import Level


class Trait(models.Model):
    """An answer of a profile, repeated here so that alike people are found among very many.

    ``key`` is a question of the pack or ``town``; ``value`` the answer's key or the town in small
    letters. ``level`` is who may see both this answer and the person's name.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="traits")
    key = models.CharField(max_length=30)
    value = models.CharField(max_length=80)
    level = models.CharField(max_length=8, choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key", "value"], name="one_trait_each"),
        ]
        # Counting reads the first two columns only; looking for people reads it from its newest end.
        indexes = [models.Index(fields=["key", "value", "level", "person"], name="people_by_trait")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"
