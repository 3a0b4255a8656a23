"""The ladder: eight rungs from coming along to organising, and one gentle next step.

It is reckoned when its owner looks, from what is known of them anyway, and from what they tick themselves.
Nobody else can ask for it: each function here takes the person who asks. Nothing of it is written in the journal.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from peerhood.circles.models import Membership
from peerhood.circles.queries import circles_of
from peerhood.connections.models import CoffeeSeat, Dare, LadderTick
from peerhood.gatherings.models import Gathering, MemberStory, Rsvp
from peerhood.mixing.models import Round, Seat
from peerhood.people.models import Person
from peerhood.platform import presence


@dataclass(frozen=True)
class Rung:
    """A rung, the sentence that invites to it, and what its link says."""

    key: str
    name: str | Promise
    step: str | Promise
    link_says: str | Promise


# The same order as they are climbed in; nobody has to.
RUNGS = (
    Rung("attend", _("Come to a gathering"), _("Come once, and sit down where there is a chair."), _("See the gatherings")),
    Rung("bring", _("Bring somebody along"), _("Bring one colleague to a gathering: it is easier to be two."), _("See the gatherings")),
    Rung("three", _("Join a group of three"), _("Have coffee with one or two others; three is a small number."), _("See the coffee rounds")),
    Rung("question", _("Ask a question at your table"), _("Take one question with you to your next table."), _("See the gatherings")),
    Rung("story", _("Tell a two-minute story"), _("Offer two minutes about something that happened to you."), _("Offer a story")),
    Rung("table", _("Host a table"), _("Say to an organiser that you would look after a table."), _("See the gatherings")),
    Rung("facilitate", _("Facilitate a conversation"), _("Ask an organiser to lead one item with them."), _("See your circles")),
    Rung("organise", _("Organise a gathering"), _("Plan one together with somebody who has done it before."), _("See your circles")),
)  # fmt: skip
KEYS = {rung.key for rung in RUNGS}


@dataclass(frozen=True)
class Standing:
    """One rung as its owner reads it. ``is_known``: it was seen anyway, so there is nothing to tick."""

    rung: Rung
    is_known: bool
    is_ticked: bool

    @property
    def is_reached(self) -> bool:
        return self.is_known or self.is_ticked


def ladder_of(person: Person) -> list[Standing]:
    ticked = set(LadderTick.objects.filter(person=person).values_list("rung", flat=True))
    return [Standing(rung, KNOWN[rung.key](person), rung.key in ticked) for rung in RUNGS]


def next_step(standings: list[Standing]) -> Standing | None:
    """The lowest rung not reached; None at the top."""
    return next((one for one in standings if not one.is_reached), None)


def link_to(rung: Rung, person: Person) -> str:
    """The one link of a next step."""
    if rung.key == "three":
        return reverse("connections:coffees")
    if rung.key == "story" and (circle := circles_of(person).order_by("pk").first()):
        return reverse("gatherings:member_stories", args=[circle.slug])
    if rung.key in ("facilitate", "organise"):
        return reverse("circles:list")
    return reverse("gatherings:list")


@transaction.atomic
def tick(person: Person, rung: str) -> None:
    presence.hold(person)
    LadderTick.objects.get_or_create(person=person, rung=rung)


@transaction.atomic
def untick(person: Person, rung: str) -> None:
    LadderTick.objects.filter(person=person, rung=rung).delete()


# What is known anyway.


def _came(person: Person) -> bool:
    return Rsvp.objects.checked_in().filter(person=person).exists()


def _brought(person: Person) -> bool:
    return Rsvp.objects.checked_in().filter(person=person, guests_count__gt=0).exists()


def _in_a_three(person: Person) -> bool:
    groups = Seat.objects.filter(person=person, round__group_size=3, round__state=Round.State.HELD)
    return groups.exists() or CoffeeSeat.objects.filter(person=person, met=True).exists()


def _asked(person: Person) -> bool:
    return Dare.objects.filter(person=person, card="first-question", state=Dare.State.DONE).exists()


def _told(person: Person) -> bool:
    return MemberStory.objects.filter(person=person, item__gathering__ends_at__lt=now()).exists()


def _hosted(person: Person) -> bool:
    held = Gathering.objects.filter(hosts=person, ends_at__lt=now(), state__in=Gathering.TAKING_PLACE)
    return held.exists()


def _facilitates(person: Person) -> bool:
    return _has_role(person, Membership.Role.FACILITATOR)


def _organises(person: Person) -> bool:
    return _has_role(person, Membership.Role.ORGANISER)


def _has_role(person: Person, role: str) -> bool:
    return Membership.objects.inside().filter(person=person, role=role).exists()


KNOWN: dict[str, Callable[[Person], bool]] = {
    "attend": _came,
    "bring": _brought,
    "three": _in_a_three,
    "question": _asked,
    "story": _told,
    "table": _hosted,
    "facilitate": _facilitates,
    "organise": _organises,
}
