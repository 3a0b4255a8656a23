"""The outbox: every mail is a row first, written in the transaction of the act that caused it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.timezone import now


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self) -> "MailQuerySet":
        return self.filter(state=Mail.State.QUEUED, next_try_at__lte=now()).order_by("next_try_at", "pk")

    def dead(self) -> "MailQuerySet":
        return self.filter(state=Mail.State.DEAD)


class Mail(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", "waiting to be sent"
        SENT = "sent", "sent"
        DEAD = "dead", "given up"

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    # Two acts that would send the same mail twice (a retry, a double tap) share a key.
    key = models.CharField(max_length=120, null=True, unique=True)
    kind = models.CharField(max_length=60)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="mails")
    address = models.EmailField()
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    # Where the reader turns off mails of this kind; empty for what is always written.
    leave = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    tries_count = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    # To somebody who has not said yes to anything here: once it went out, or was given up, nothing
    # says any more to whom it was, or what.
    is_fleeting = models.BooleanField(default=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="mails_due")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"


class Unwanted(models.Model):
    """A kind of mail that somebody has said they do not want. What nobody has refused is written."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unwanted")
    group = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="unwanted_once")]

    def __str__(self) -> str:
        return self.group
