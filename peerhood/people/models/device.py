"""A device: a browser in which somebody is signed in."""

from django.db import models
from django.utils.timezone import localdate

from peerhood.people.models.person import Person


class Device(models.Model):
    """Kept so that its owner can sign it out from elsewhere. No network address, and no time but the day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    # "Firefox", "Windows": enough to tell one's own from a stranger's.
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    began_on = models.DateField(default=localdate)
    last_used_on = models.DateField(default=localdate)

    class Meta:
        ordering = ["-last_used_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.browser} on {self.system}"
