"""A circle's newsroom: whether its stories are read before they are published, and by whom."""

from django.conf import settings
from django.db import models

from peerhood.circles.models import Circle


class Newsroom(models.Model):
    """A circle without one publishes as it writes. Organisers read in any case; ``editors`` do beside them."""

    circle = models.OneToOneField(Circle, models.CASCADE, related_name="newsroom")
    reviews_first = models.BooleanField(default=False)
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    def __str__(self) -> str:
        return f"The newsroom of {self.circle}"
