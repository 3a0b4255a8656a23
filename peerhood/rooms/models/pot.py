"""What a room collects without names."""

import secrets

from django.db import models

from peerhood.gatherings.models import AgendaItem
from peerhood.rooms.models.room import Room


def new_pot_key() -> str:
    return secrets.token_hex(16)


class Pot(models.Model):
    """What a room collects without names in one step, and whether it has been poured out.

    Nobody who hands in is anywhere in the database, and what they hand in only once all of it
    is poured out. ``present_count`` is written when it opens: who comes later cannot be told
    by what is one more than before.
    """

    class Kind(models.TextChoices):
        # Everybody writes as much as they like, and all of it is shown.
        NOTES = "notes"
        # One vote each, by a ticket from the hat; only the totals come out. On the gathering's ballot:
        BALLOT = "ballot"
        # ... and on the notes of an earlier pot, with so many dots each.
        DOTS = "dots"
        # ... and on going on with a topic: thumbs up, sideways or down.
        THUMBS = "thumbs"

    class State(models.TextChoices):
        OPEN = "open"
        # Closed, with too few people or too few notes to hide among: the facilitator decides.
        HELD_BACK = "held-back"
        POURED = "poured"
        DISCARDED = "discarded"

    LIVE = (State.OPEN, State.HELD_BACK)

    room = models.ForeignKey(Room, models.CASCADE, related_name="pots")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+")
    # The step of the item's format that it was opened for, as ``Room.place`` has it.
    place = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NOTES)
    ask = models.CharField(max_length=300, blank=True)
    # The confidentiality that held when it opened: the step's, where that was stricter. Empty where nobody wrote it down.
    level = models.CharField(max_length=20, blank=True)
    # 128 bits that everybody in the room has, and nobody else: the address to hand in to.
    key = models.CharField(max_length=32, unique=True, default=new_pot_key)
    present_count = models.PositiveIntegerField()
    fewest_present = models.PositiveSmallIntegerField()
    fewest_notes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # While it says when it will close; after that there is no time here.
    closes_at = models.DateTimeField(null=True)
    # Of a vote: the last participant who was in when it opened. Who came later has no ticket in the hat.
    last_voter_pk = models.PositiveBigIntegerField(null=True)
    # How many votes were counted; written with the totals.
    voter_count = models.PositiveIntegerField(null=True)
    # Of dots: the pot whose notes they are for, and how many dots each may give.
    about = models.ForeignKey("self", models.CASCADE, null=True, related_name="dot_votes")
    votes_each = models.PositiveSmallIntegerField(null=True)
    # Of thumbs: how many were up, sideways and down; written with the totals.
    thumbs = models.JSONField(null=True)
    # Grows whenever its notes are put under other headings: of two who do it at once, nobody loses what they did.
    grouping_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "room", name="one_live_pot_a_room", condition=models.Q(state__in=("open", "held-back"))
            )
        ]

    def __str__(self) -> str:
        return f"A pot of {self.room}"

    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_held_back(self) -> bool:
        return self.state == self.State.HELD_BACK

    def is_poured(self) -> bool:
        return self.state == self.State.POURED

    def is_closing(self) -> bool:
        """It takes in what is being written, and nothing more after that."""
        return self.is_open() and self.closes_at is not None

    def is_live(self) -> bool:
        return self.state in self.LIVE

    def is_vote(self) -> bool:
        """One each, by a ticket, and only totals come out of it."""
        return self.kind != self.Kind.NOTES

    def is_ballot(self) -> bool:
        return self.kind == self.Kind.BALLOT

    def is_thumbs(self) -> bool:
        return self.kind == self.Kind.THUMBS

    def is_dots(self) -> bool:
        return self.kind == self.Kind.DOTS

    def can_be_poured(self) -> bool:
        """Whether enough were here when it opened; whether enough wrote is known when it is poured."""
        return self.present_count >= self.fewest_present
