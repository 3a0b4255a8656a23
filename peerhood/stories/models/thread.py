"""A thread between two meetings: a question to the circle, or something said in the moan corner."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.people import silence
from peerhood.people.models import INSIDE

FORGOTTEN_AFTER = timedelta(days=7)


class ThreadQuerySet(models.QuerySet):
    def standing(self):
        """What has not been forgotten, whether the worker has come by or not."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=now()))

    def visible_to(self, person):
        """Of circles this person belongs to, and by nobody who is hidden from them."""
        if not person.is_authenticated:
            return self.none()
        inside = Circle.objects.filter(memberships__person=person.pk, memberships__state__in=INSIDE)
        seen = self.standing().filter(circle__in=inside.values("pk"))
        # Not exclude(author__in=…) alone: a thread whose author is gone has none.
        return seen.exclude(author__isnull=False, author__in=silence.hidden_from(person))

    def questions(self):
        return self.filter(kind=Thread.Kind.QUESTION).order_by("-opened_at", "-pk")

    def moans(self):
        return self.filter(kind=Thread.Kind.MOAN).order_by("-opened_at", "-pk")

    def forgotten(self):
        """What the moan corner has to let go of."""
        return self.filter(ends_at__lte=now())


class Thread(models.Model):
    class Kind(models.TextChoices):
        QUESTION = "question", _("A question")
        MOAN = "moan", _("The moan corner")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="threads")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(_("In one line"), max_length=160)
    text = models.TextField(_("More about it"), max_length=4000, blank=True)
    opened_at = models.DateTimeField(default=now)
    # Of a question: the last day, in the circle's time zone, on which one can reply.
    reply_by = models.DateField(_("Reply by"), null=True)
    # Of a moan: when it is forgotten, with all replies.
    ends_at = models.DateTimeField(null=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="question", reply_by__isnull=False, ends_at=None)
                | models.Q(kind="moan", reply_by=None, ends_at__isnull=False),
                name="a_question_has_a_day_and_a_moan_an_end",
            )
        ]
        indexes = [models.Index(fields=["circle", "kind"], name="threads_of_circle")]

    def __str__(self) -> str:
        # A moan is named nowhere but on its own page.
        return self.title if self.is_question() else f"Thread {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("stories:thread", args=[self.circle.slug, self.pk])

    def is_question(self) -> bool:
        return self.kind == self.Kind.QUESTION

    def takes_replies(self) -> bool:
        if self.reply_by is not None:
            return localdate(timezone=ZoneInfo(self.circle.time_zone)) <= self.reply_by
        return self.ends_at is not None and self.ends_at > now()


class Reply(models.Model):
    """What somebody says to a thread. It goes with it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("Your reply"), max_length=4000)
    said_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"Reply {self.pk}"
