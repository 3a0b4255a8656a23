"""First time: what to expect, whom one might like to meet, and a word afterwards.

Whoever comes to a circle for the first time is written to a week before, or when they take a seat
later than that: how such a day goes, and what to say first. Within two days after, whoever came
hears what is next. Each mail goes out once.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.timezone import now
from django.utils.translation import get_language

from peerhood import packs
from peerhood.gatherings.coming import links, messages
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.queries import agenda_with_times, first_timers
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.people.seeing import likeness
from peerhood.people.seeing.cards import Card

TOLD_BEFORE = timedelta(days=7)
# They sleep over it first; and what is older than two days is no follow-up any more.
AFTER, AT_LATEST = timedelta(hours=12), timedelta(hours=48)
MOST_NAMED = 3


def write_all_due() -> None:
    """Say what to expect to those who are new, and thank those who were; the worker comes by every ten minutes."""
    soon = Gathering.objects.upcoming().filter(starts_at__gt=now(), starts_at__lt=now() + TOLD_BEFORE)
    for gathering in soon.select_related("circle"):
        _write(gathering, _new_at(gathering), "gatherings/what_to_expect")
    over = Gathering.objects.past().filter(ends_at__lt=now() - AFTER, ends_at__gt=now() - AT_LATEST)
    for gathering in over.filter(state__in=Gathering.TAKING_PLACE).select_related("circle"):
        came = [rsvp for rsvp in _new_at(gathering) if rsvp.checked_in_at]
        more = {"next": _next_of(gathering), "words": messages.words_of(gathering, messages.Step.THANK)}
        _write(gathering, came, "gatherings/first_time_over", **more)


def _new_at(gathering: Gathering) -> list[Rsvp]:
    going = gathering.rsvps.going().filter(person__in=first_timers(gathering))
    return list(going.select_related("person", "greeter").order_by("pk"))


def _write(gathering: Gathering, rsvps: Iterable[Rsvp], kind: str, **more: Any) -> None:
    programme = agenda_with_times(gathering)
    for rsvp in rsvps:
        key = f"{kind}/{gathering.pk}/{rsvp.person_id}"
        link = links.link_for(rsvp.person, gathering)
        about: dict[str, Any] = {"gathering": gathering, "rsvp": rsvp, "link": link, "programme": programme}
        sending.send(rsvp.person, kind, key=key, **about, **more)


def _next_of(gathering: Gathering) -> Gathering | None:
    ahead = Gathering.objects.upcoming().filter(circle=gathering.circle_id, starts_at__gt=now())
    return ahead.select_related("circle").first()


def might_like_to_meet(gathering: Gathering, person: Person) -> list[tuple[Card, str]]:
    """Up to three who come, agreed to be found, and share something with this person; each with why."""
    going = gathering.rsvps.going().shown_to_others().values_list("person", flat=True)
    language = get_language() or gathering.circle.language
    return likeness.like_among(person, set(going), packs.current(), language, most=MOST_NAMED)
