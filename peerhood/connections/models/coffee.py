"""A coffee of two: one asks the other, with two times and a place."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.people.models import Person


class CoffeeQuerySet(models.QuerySet):
    def of(self, person):
        """Those this person asked for, or was asked to."""
        return self.filter(models.Q(asker=person) | models.Q(asked=person))

    def visible_to(self, person):
        """Their own, unless one of the two has blocked the other since."""
        seen = Person.objects.not_hidden_from(person).values("pk")
        return self.of(person).filter(asker__in=seen, asked__in=seen)

    def between(self, one, other):
        return self.filter(models.Q(asker=one, asked=other) | models.Q(asker=other, asked=one))

    def open(self):
        """Not answered, and at least one of the two times is still to come."""
        return self.filter(state=Coffee.State.OPEN, last_at__gt=now())

    def overdue(self):
        """Nobody answered in time."""
        return self.filter(state=Coffee.State.OPEN, last_at__lte=now())

    def to_come(self):
        return self.filter(state=Coffee.State.AGREED, chosen_at__gt=now())

    def had(self):
        """The hour has passed, and neither of the two says that they did not meet."""
        agreed = self.filter(state=Coffee.State.AGREED, chosen_at__lte=now())
        return agreed.exclude(asker_met=False).exclude(asked_met=False)


class Coffee(models.Model):
    """An invitation, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Not this time")
        WITHDRAWN = "withdrawn", _("Taken back")
        CANCELLED = "cancelled", _("Called off")
        EXPIRED = "expired", _("Nobody answered in time")

    LENGTH = timedelta(minutes=45)

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first_at = models.DateTimeField(_("The first time you could"))
    second_at = models.DateTimeField(_("Another time"))
    # The later of the two: after it there is nothing left to say yes to.
    last_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60)
    place = models.CharField(_("Where"), max_length=160)
    words = models.CharField(_("A few words with it"), max_length=400, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    chosen_at = models.DateTimeField(null=True)
    # What each says when they are asked afterwards; None until then.
    asker_met = models.BooleanField(null=True)
    asked_met = models.BooleanField(null=True)

    objects = CoffeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("asker", "asked"),
                Greatest("asker", "asked"),
                condition=models.Q(state="open"),
                name="one_open_coffee_per_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(asker=models.F("asked")), name="coffee_is_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"Coffee {self.pk}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def the_other(self, person):
        return self.asked if person.pk == self.asker_id else self.asker

    def times_left(self) -> list[datetime]:
        """The times one can still say yes to, the sooner first."""
        return sorted(at for at in {self.first_at, self.second_at} if at > now())

    def is_open(self) -> bool:
        return self.state == self.State.OPEN and self.last_at > now()

    def is_to_come(self) -> bool:
        return self.state == self.State.AGREED and self.chosen_at is not None and self.chosen_at > now()

    def is_over(self) -> bool:
        return (
            self.state == self.State.AGREED
            and self.chosen_at is not None
            and self.chosen_at + self.LENGTH <= now()
        )

    def met(self, person) -> bool | None:
        """What ``person`` said afterwards."""
        return self.asker_met if person.pk == self.asker_id else self.asked_met

    def state_said(self) -> str:
        """Its state in words; what was left unanswered has expired, whether the worker has come by or not."""
        is_overdue = self.state == self.State.OPEN and self.last_at <= now()
        return str((self.State.EXPIRED if is_overdue else self.State(self.state)).label)


class NoCoffee(models.Model):
    """Somebody who does not want to be asked to coffee. Others find them in no list for it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.person}"
