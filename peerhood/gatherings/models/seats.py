"""Seats: how many places a gathering has, in the room and online, and how many of them are taken."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

MOST_GUESTS = 4


class Part(models.TextChoices):
    """Where somebody takes part; a gathering has one of these, or both."""

    ROOM = "room", _("In the room")
    ONLINE = "online", _("Online")


class Mode(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


PARTS = {Mode.IN_PERSON: (Part.ROOM,), Mode.ONLINE: (Part.ONLINE,), Mode.HYBRID: (Part.ROOM, Part.ONLINE)}


class Policy(models.TextChoices):
    """Who of those waiting gets a free place."""

    FIRST_COME = "first-come", _("Whoever has waited longest")
    NEWCOMERS_FIRST = "newcomers-first", _("Newcomers first, then whoever has waited longest")
    BY_CHOICE = "by-choice", _("The organisers choose, and write down why")


class Seats(models.Model):
    """The seats of a gathering. What is taken is kept by ``coming.seats``, under the row's lock."""

    mode = models.CharField(_("How we meet"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    capacity = models.PositiveSmallIntegerField(
        _("Places in the room"), default=20, validators=[MinValueValidator(1)]
    )
    online_capacity = models.PositiveSmallIntegerField(
        _("Places online"), default=100, validators=[MinValueValidator(1)]
    )
    policy = models.CharField(
        _("Who gets a place that becomes free"), max_length=16, choices=Policy, default=Policy.FIRST_COME
    )
    needs_approval = models.BooleanField(_("Organisers say yes to each answer"), default=False)
    guests_allowed = models.PositiveSmallIntegerField(
        _("Guests each may bring"), default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    # Places that are somebody's: seats with their guests, offers, and what is held for an address.
    room_taken = models.PositiveIntegerField(default=0)
    online_taken = models.PositiveIntegerField(default=0)
    # How many come, guests among them, and how many answers wait. Lists never count.
    going_count = models.PositiveIntegerField(default=0)
    waiting_count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def parts(self) -> tuple[Part, ...]:
        """Where one can take part: in the room, online, or either."""
        return PARTS[Mode(self.mode)]

    def is_hybrid(self) -> bool:
        return self.mode == Mode.HYBRID

    def part_for(self, wished: str = "") -> Part:
        """Where somebody takes part who said so; the room, where it is not theirs to choose."""
        return Part(wished) if wished in self.parts else self.parts[0]

    def capacity_of(self, part: str) -> int:
        return self.capacity if part == Part.ROOM else self.online_capacity

    def taken_in(self, part: str) -> int:
        return self.room_taken if part == Part.ROOM else self.online_taken

    def free_in(self, part: str) -> int:
        return max(0, self.capacity_of(part) - self.taken_in(part))

    def free_seats(self) -> int:
        return sum(self.free_in(part) for part in self.parts)

    def all_seats(self) -> int:
        return sum(self.capacity_of(part) for part in self.parts)

    def is_full(self) -> bool:
        return self.free_seats() == 0

    def over_capacity(self) -> int:
        """How many hold a place beyond those there are: capacity was lowered, and nobody is dropped."""
        return sum(max(0, self.taken_in(part) - self.capacity_of(part)) for part in self.parts)

    def places_left(self) -> str:
        """The pill beside the button: “6 of 20 places left”."""
        free = self.free_seats()
        if free and self.is_hybrid():
            here, there = self.free_in(Part.ROOM), self.free_in(Part.ONLINE)
            return gettext("Places left: %(here)d in the room, %(there)d online") % {
                "here": here,
                "there": there,
            }
        if free:
            everything = self.all_seats()
            places = ngettext("%(free)d of %(all)d place left", "%(free)d of %(all)d places left", everything)
            return places % {"free": free, "all": everything}
        if self.waiting_count:
            return gettext("Full, %(waiting)d waiting") % {"waiting": self.waiting_count}
        return gettext("Full")
