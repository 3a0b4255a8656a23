"""An RSVP: one person's answer to one gathering, and the place it holds."""

from django.conf import settings
from django.db import connection, models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Circle
from peerhood.gatherings.models.gathering import Gathering
from peerhood.gatherings.models.seats import Part, Policy

# Written by hand: each answer that comes into the line asks this for its mail, and building the
# question would cost ten times what it does.
AHEAD = """
SELECT COUNT(*)
FROM gatherings_rsvp AS own JOIN gatherings_rsvp AS other
    ON other.gathering_id = own.gathering_id AND other.part = own.part AND other.status = 'waitlisted'
WHERE own.id = %(own)s
    AND (NOT (%(newcomers_first)s AND other.is_new), other.answered_at, other.id)
        < (NOT (%(newcomers_first)s AND own.is_new), own.answered_at, own.id)"""


class RsvpQuerySet(models.QuerySet):
    def held(self):
        """Answers that hold a place: a seat, or a spot in line."""
        return self.filter(status__in=Rsvp.HELD)

    def going(self):
        return self.filter(status=Rsvp.Status.GOING)

    def waiting(self):
        """The line for a seat, longest wait first."""
        return self.filter(status=Rsvp.Status.WAITLISTED).order_by("answered_at", "pk")

    def without_seat(self):
        """Those who wait, or have yet to say yes to an offer: nothing is in their calendar."""
        return self.filter(status__in=[Rsvp.Status.WAITLISTED, Rsvp.Status.OFFERED])

    def eligible(self):
        """Those the organisers have said yes to, or did not have to."""
        return self.exclude(eligible_at=None)

    def applied(self):
        """Those who wait for the organisers' word."""
        return self.waiting().filter(eligible_at=None)

    def shown_to_others(self):
        """Whose names those read who may read names here at all."""
        return self.exclude(shown_to=Rsvp.ShownTo.ORGANISERS)

    def shown_to_everybody(self):
        return self.filter(shown_to=Rsvp.ShownTo.EVERYBODY)

    def offered(self):
        return self.filter(status=Rsvp.Status.OFFERED)

    def taking(self):
        """Answers whose places are taken: seats, and offers that still stand."""
        return self.filter(status__in=Rsvp.TAKING)

    def checked_in(self):
        return self.going().exclude(checked_in_at=None)


class Rsvp(models.Model):
    """One person's answer to one gathering."""

    class Status(models.TextChoices):
        GOING = "going", _("You have a seat.")
        WAITLISTED = "waitlisted", _("You are in line for a seat.")
        OFFERED = "offered", _("A seat is offered to you.")
        DECLINED = "declined", _("You are not coming.")
        CANCELLED = "cancelled", _("The gathering was cancelled.")
        REFUSED = "refused", _("The organisers could not give you a place.")

    class ShownTo(models.TextChoices):
        """Who reads the name of somebody who comes."""

        ORGANISERS = "organisers", _("Those who run the gathering")
        CIRCLE = "circle", _("The circle")
        EVERYBODY = "everybody", _("Everybody who reads its page")

    TAKING = (Status.GOING, Status.OFFERED)
    HELD = (Status.GOING, Status.WAITLISTED, Status.OFFERED)

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rsvps")
    status = models.CharField(max_length=10, choices=Status)
    answered_at = models.DateTimeField(default=now)
    part = models.CharField(max_length=6, choices=Part, default=Part.ROOM)
    guests_count = models.PositiveSmallIntegerField(default=0)
    guest_names = models.JSONField(default=list, blank=True)
    # Applying, being eligible, being offered a place and having one are facts of their own: somebody
    # may wait in line while the organisers have not said yes. None until they have.
    eligible_at = models.DateTimeField(null=True, blank=True, default=now)
    # When a place was passed on to them from the line, offered or given.
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_ends_at = models.DateTimeField(null=True, blank=True)
    # Had attended none of the circle's gatherings when they answered.
    is_new = models.BooleanField(default=False)
    shown_to = models.CharField(
        _("Who reads my name"), max_length=10, choices=ShownTo, default=ShownTo.CIRCLE
    )
    wants_job = models.BooleanField(_("Give me a job"), default=False)
    quiet_start = models.BooleanField(_("A quiet start"), default=False)
    # Said so when they were asked shortly before.
    still_coming_at = models.DateTimeField(null=True, blank=True)
    # Said at the answer: arrived together, so together in round 1 at most.
    companion = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The sister chapter a guest belongs to; None for those who are at home here, and for anybody else.
    guest_of = models.ForeignKey(
        Circle, models.SET_NULL, null=True, blank=True, related_name="guests_elsewhere"
    )
    # Who meets somebody who comes for the first time; named the day before.
    greeter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Somebody new may ask for a buddy; whoever knows the way says yes, and is nobody's to assign.
    wants_buddy = models.BooleanField(default=False)
    buddy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RsvpQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "person"], name="one_rsvp_each")]
        indexes = [models.Index(fields=["gathering", "status", "answered_at"], name="rsvps_in_line")]

    def __str__(self) -> str:
        return f"{self.person}: {self.status}"

    def is_held(self) -> bool:
        return self.status in self.HELD

    def is_going(self) -> bool:
        return self.status == self.Status.GOING

    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITLISTED

    def is_offered(self) -> bool:
        return self.status == self.Status.OFFERED

    def has_declined(self) -> bool:
        return self.status == self.Status.DECLINED

    def was_refused(self) -> bool:
        return self.status == self.Status.REFUSED

    def is_applied(self) -> bool:
        """Do the organisers still have to say yes?"""
        return self.is_waiting() and self.eligible_at is None

    def place_in_line(self) -> int:
        """1 for whoever gets the next seat in this part, among those waiting for one."""
        newcomers_first = self.gathering.policy == Policy.NEWCOMERS_FIRST
        with connection.cursor() as cursor:
            cursor.execute(AHEAD, {"own": self.pk, "newcomers_first": newcomers_first})
            return cursor.fetchone()[0] + 1
