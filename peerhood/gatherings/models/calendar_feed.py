"""A calendar feed: the private address under which somebody's calendar program reads their gatherings."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now


class CalendarFeed(models.Model):
    """Only hashes are kept: of the token in the address, and of the main address it was made under."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    address_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return "A calendar feed"
