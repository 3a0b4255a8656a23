"""The month: one mail on its first morning, with five things at most that somebody's circles have for them.

Gatherings they have not answered, what came of the last ones, what others would like to talk about, and a year that is
completed. Each kind has a turn before any has its second. Whoever has nothing to read gets no mail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, zip_longest
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from peerhood.circles import anniversaries
from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering
from peerhood.notices import choices, quiet_hours, sending
from peerhood.notices.models import Mail, Unwanted
from peerhood.people.models import Person
from peerhood.stories.models import Story
from peerhood.themes.models import Theme

KIND = "stories/month"
MOST_ITEMS = 5
# A worker that stood still on the first makes up for it; later than that, the month has begun.
LAST_DAY = 3
ANSWERED_WITHIN = timedelta(days=42)


@dataclass(frozen=True)
class Item:
    """One thing: ``kind`` picks the words, ``about`` is what they are about, ``count`` its years."""

    kind: str
    about: Any
    count: int = 0


def send_all_due() -> int:
    """The worker comes by every hour, or twice at once. Returns how many mails were written."""
    if now().day > LAST_DAY + 1 and (now() + timedelta(days=1)).day > 1:
        # Nowhere on earth is it the beginning of a month.
        return 0
    members = Membership.objects.active().by_their_own_yes().values("person")
    refused = Unwanted.objects.filter(group=choices.Group.MONTH).values("person")
    lately = now() - timedelta(days=LAST_DAY + 4)
    written = Mail.objects.filter(kind=KIND, created_at__gt=lately).values("person")
    readers = Person.objects.filter(pk__in=members).exclude(pk__in=refused).exclude(pk__in=written)
    return sum(_send(person) for person in readers)


@transaction.atomic
def _send(person: Person) -> bool:
    here = now().astimezone(quiet_hours.zone_of(person))
    morning = here.replace(day=1, hour=quiet_hours.MORNING.hour, minute=0, second=0, microsecond=0)
    if here.day > LAST_DAY or here < morning:
        return False
    items = items_for(person, morning)
    if not items:
        return False
    key = f"{KIND}/{person.pk}/{morning:%Y-%m}"
    return sending.send(person, KIND, key=key, things=items) is not None


def items_for(person: Person, month: datetime) -> list[Item]:
    """What the mail of the month that begins then would tell them; in the order in which it is read."""
    mine = Membership.objects.active().by_their_own_yes().filter(person=person).values("circle")
    last_month = (month - timedelta(days=2)).replace(day=1, hour=0)
    gatherings = (
        Gathering.objects.hosted_by(mine)
        .upcoming()
        .filter(starts_at__range=(now(), now() + ANSWERED_WITHIN))
        .exclude(rsvps__person=person)
        .select_related("circle")
    )
    stories = Story.objects.visible_to(person).published().filter(circle__in=mine)
    stories = stories.filter(published_at__gte=last_month).exclude(author=person)
    themes = Theme.objects.filter(circle__in=mine, proposed_at__gte=last_month).backlog()
    themes = themes.exclude(supports__person=person).select_related("circle")
    kinds = {
        "gathering": (Item("gathering", each) for each in gatherings[:MOST_ITEMS]),
        "story": (Item("story", each) for each in stories[:MOST_ITEMS]),
        "theme": (Item("theme", each) for each in themes[:MOST_ITEMS]),
        "years": (Item("years", each.circle, years) for each, years in anniversaries.of_person(person)),
    }
    chosen = islice(_in_turn(kinds.values()), MOST_ITEMS)
    return sorted(chosen, key=lambda item: list(kinds).index(item.kind))


def _in_turn(kinds: Iterable[Iterable[Item]]) -> Iterator[Item]:
    """
    >>> list(_in_turn(["ab", "c", ""]))
    ['a', 'c', 'b']
    """
    return (item for turn in zip_longest(*kinds) for item in turn if item is not None)
