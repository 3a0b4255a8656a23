"""Still coming? A warm question the day before, one tap to say yes, one to give the seat on, and no list of shame.

Whoever runs the gathering may ask sooner, within the week before: whom they asked is not asked again by itself.
The hosts read how many usually come of those who said so, as a share of the circle's gatherings
of the last year, and what that means for the coffee. Who did not come is kept for no one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.coming import links, messages, seats
from peerhood.gatherings.models import Gathering, HostMessage, Rsvp
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

# The reminder goes out a day before; the button stands in it and on the page from then on.
ASKED_BEFORE = timedelta(hours=30)
DAY = timedelta(days=1)
LOOKED_BACK = timedelta(days=365)
# Asked by a host, sooner than that it would be forgotten again.
AT_EARLIEST = timedelta(days=7)
STEP = HostMessage.Step.REMIND
KIND = "gatherings/still_coming"
# From fewer gatherings than that a share would be an anecdote.
FEWEST = 2


def due_at(gathering: Gathering) -> datetime:
    """When the question goes out: the day before, when the clock on the wall shows the hour of the start."""
    start = gathering.starts_at.astimezone(gathering.zone)
    return datetime.combine(start.date() - DAY, start.time(), tzinfo=gathering.zone)


def ask_all_due() -> None:
    """The worker comes by every ten minutes, or twice at once: each is asked once for each day it is held on."""
    soon = Gathering.objects.upcoming().filter(starts_at__gt=now(), starts_at__lt=now() + ASKED_BEFORE)
    for gathering in soon.select_related("circle"):
        if due_at(gathering) <= now():
            _ask(gathering)


def _ask(gathering: Gathering) -> int:
    """Ask those who have not been asked for this day; how many they are."""
    words = messages.words_of(gathering, STEP)
    return sum(
        sending.send(rsvp.person, KIND, key=key, **_about(gathering, rsvp, words)) is not None
        for key, rsvp in _to_ask(gathering)
    )


def _to_ask(gathering: Gathering) -> list[tuple[str, Rsvp]]:
    # Whoever has answered since the day before, or since yesterday, or said yes to an offer, has just been written to.
    quiet_since = min(due_at(gathering), now() - DAY) if due_at(gathering) > now() else due_at(gathering)
    asked = (
        gathering.rsvps.going()
        .filter(answered_at__lt=quiet_since, still_coming_at=None)
        .exclude(offered_at__gte=quiet_since)
    )
    begins = f"{messages.keys_of(STEP, gathering)}{due_at(gathering).date()}/"
    keyed = {f"{begins}{rsvp.person_id}": rsvp for rsvp in asked.select_related("person", "greeter")}
    fresh = messages.to_write_to(STEP, {key: rsvp.person for key, rsvp in keyed.items()})
    return [(key, keyed[key]) for key, _person in fresh]


def _about(gathering: Gathering, rsvp: Rsvp, words: str, days: int | None = None) -> dict[str, Any]:
    return {
        "gathering": gathering,
        "rsvp": rsvp,
        "link": links.link_for(rsvp.person, gathering),
        "words": words,
        "days": days_until(gathering) if days is None else days,
    }


def days_until(gathering: Gathering) -> int:
    """0 on its day, 1 on the day before, by the calendar where it takes place."""
    start, here = (moment.astimezone(gathering.zone).date() for moment in (gathering.starts_at, now()))
    return (start - here).days


def ask_now(gathering: Gathering, *, by: Person, words: str | None = None, typed: int | None = None) -> int:
    """Ask those who come whether they still do, ahead of the day before; how many are asked."""
    return messages.send(gathering, STEP, words, by=by, typed=typed, refuse=_refuse_asking, write_to_all=_ask)


def to_ask(gathering: Gathering, by: Person) -> list[Person]:
    return [rsvp.person for _key, rsvp in _to_ask(gathering)]


def draft(gathering: Gathering, by: Person, words: str) -> tuple[str, str]:
    """Subject and text as ``by`` would read them now, or on the day before when it is still far off."""
    seat = Rsvp(gathering=gathering, person=by, status=Rsvp.Status.GOING)
    days = days_until(gathering) if not why_not(gathering) else 1
    return sending.as_read_by(by, KIND, **_about(gathering, seat, words, days))


def why_not(gathering: Gathering) -> str:
    return messages.why_not(_refuse_asking, gathering)


def _refuse_asking(gathering: Gathering) -> None:
    if not gathering.takes_answers():
        raise Refusal(
            _("A reminder goes to those who come to a gathering that is announced and has not begun.")
        )
    if gathering.starts_at - now() > AT_EARLIEST:
        raise Refusal(_("A reminder is sent within the week before, or by itself the day before."))


def is_asked(gathering: Gathering) -> bool:
    """Does the question stand on the page? From the day before, or from when a host has asked it."""
    return gathering.starts_at - now() < ASKED_BEFORE or (
        gathering.starts_at - now() <= AT_EARLIEST and messages.of(gathering, STEP).sent_at is not None
    )


@transaction.atomic
def confirm(gathering: Gathering, person: Person) -> Rsvp:
    """Say that one is still coming. Twice is once."""
    gathering = seats.lock(gathering)
    rsvp = gathering.rsvps.going().filter(person=person).first()
    if rsvp is None or gathering.is_over():
        raise Refusal(_("You have no seat at this gathering any more."))
    if rsvp.still_coming_at is None:
        rsvp.still_coming_at = now()
        rsvp.save(update_fields=["still_coming_at"])
        journal.record("rsvp.changed", rsvp, by=person)
    return rsvp


@dataclass(frozen=True)
class Expected:
    """Of those with a seat, how many usually come."""

    share: float
    going_count: int

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def cups(self) -> int:
        """Whom to make coffee for, rounded up: a cup too many is no misfortune."""
        return min(self.going_count, int(self.going_count * self.share) + 1)


def expected_at(gathering: Gathering) -> Expected | None:
    """The usual share of this circle, from gatherings of the last year where somebody kept the door; one query."""
    past = Gathering.objects.past().filter(
        circle=gathering.circle_id, ends_at__gt=now() - LOOKED_BACK, state__in=Gathering.TAKING_PLACE
    )
    going = Q(rsvps__status=Rsvp.Status.GOING)
    counted = past.order_by().annotate(
        seats=Count("rsvps", going), here=Count("rsvps", going & Q(rsvps__checked_in_at__isnull=False))
    )
    kept = [(seats_count, here) for seats_count, here in counted.values_list("seats", "here") if here]
    if len(kept) < FEWEST or not gathering.going_count:
        return None
    return Expected(sum(here for _s, here in kept) / sum(s for s, _h in kept), gathering.going_count)
