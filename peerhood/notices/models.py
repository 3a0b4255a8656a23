"""The outbox: every mail is a row first, written in the transaction of the act that caused it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

from peerhood.notices import as_html


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self) -> "MailQuerySet":
        """What may be sent now. In a thread, only the first that is still waiting: the others keep behind it."""
        waiting = self.filter(state=Mail.State.QUEUED, next_try_at__lte=now())
        ahead = Mail.objects.filter(thread=OuterRef("thread"), pk__lt=OuterRef("pk"), state=Mail.State.QUEUED)
        return waiting.filter(Q(thread="") | ~Exists(ahead)).order_by("next_try_at", "pk")

    def waiting(self) -> "MailQuerySet":
        """What has not left yet, by itself or in a daily mail."""
        return self.filter(state__in=(Mail.State.QUEUED, Mail.State.TOGETHER))

    def of_thread(self, thread: str) -> "MailQuerySet":
        return self.filter(thread=thread).order_by("pk")

    def dead(self) -> "MailQuerySet":
        return self.filter(state=Mail.State.DEAD)


class Mail(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", "waiting to be sent"
        SENT = "sent", "sent"
        DEAD = "dead", "given up"
        # Not on its way, but not lost: it goes out with others in the reader's next daily mail, or went out so.
        TOGETHER = "together", "waits for the daily mail"
        GATHERED = "gathered", "went out in a daily mail"
        NOWHERE = "nowhere", "not sent: the address does not work"

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    # Two acts that would send the same mail twice (a retry, a double tap) share a key.
    key = models.CharField(max_length=120, null=True, unique=True)
    kind = models.CharField(max_length=60)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="mails")
    address = models.EmailField()
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    # Where the reader turns off mails of this kind; empty for what is always written.
    leave = models.CharField(max_length=300, blank=True)
    # To whom an answer goes, when it is people and not us: addresses with commas between them.
    reply_to = models.CharField(max_length=600, blank=True)
    # For the reader's calendar program, with the method it is told twice: inside, and on the part's label.
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    # Mails of one thread leave in the order in which they were written: what takes an invitation back
    # never overtakes it. Whoever writes to a thread holds one lock for it, so keys grow with the commits.
    thread = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    tries_count = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    # No answer to what the reader just did: it does not leave in their quiet hours.
    can_wait = models.BooleanField(default=False)
    # The daily mail that it went out in.
    digest = models.ForeignKey("self", models.SET_NULL, null=True, related_name="gathered")
    # It came back, and with which status (RFC 3463), such as 5.1.1: there is no such mailbox.
    bounced_at = models.DateTimeField(null=True)
    bounce_status = models.CharField(max_length=12, blank=True)
    # To somebody who has not said yes to anything here: once it went out, or was given up, nothing
    # says any more to whom it was, or what.
    is_fleeting = models.BooleanField(default=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mails_due"),
            models.Index(fields=["thread", "id"], condition=~Q(thread=""), name="mails_of_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"

    @property
    def html(self) -> str:
        return as_html.page_of(self.subject, self.text, self.language)


class Unwanted(models.Model):
    """A kind of mail that somebody has said they do not want. What nobody has refused is written."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unwanted")
    group = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="unwanted_once")]

    def __str__(self) -> str:
        return self.group


class Together(models.Model):
    """A kind of mail that somebody wants once a day, in one mail with others."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="together")
    group = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="together_once")]

    def __str__(self) -> str:
        return self.group


class QuietHours(models.Model):
    """When somebody wants no mail that can wait, on their own clock. The same hour twice: never quiet."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="quiet_hours")
    begins = models.TimeField()
    ends = models.TimeField()

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"


class FailingAddress(models.Model):
    """An address from which mails came back, until somebody proves that they read what is sent there."""

    address = models.EmailField(unique=True)
    failures_count = models.PositiveSmallIntegerField(default=0)
    last_failed_at = models.DateTimeField(default=now)
    # Since when nothing is sent there but codes.
    dead_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.address


class MassMailDay(models.Model):
    """How much was written to many at once on one day, at somebody's own will, for one sender such as a circle."""

    sender = models.CharField(max_length=60)
    day = models.DateField()
    mails_count = models.PositiveIntegerField(default=0)
    readers_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "day"], name="mass_mail_once_a_day")]

    def __str__(self) -> str:
        return f"{self.sender} on {self.day}"
