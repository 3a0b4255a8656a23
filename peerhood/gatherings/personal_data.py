"""What gatherings hold of a person, and what becomes of it."""

from contextlib import suppress

from django.db.models import Q
from django.utils.timezone import now

from peerhood.gatherings import rsvp
from peerhood.gatherings.models import (
    AgendaItem,
    CalendarFeed,
    CoHosting,
    DatePoll,
    Gathering,
    Rsvp,
    SlotAnswer,
)
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, delete, let_go, rule, words_of_others
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal


def give_up_seats(rows: Rows) -> None:
    """Seats to come go to whoever waits; where somebody was stays, as a former member."""
    to_come = rows.all().filter(status__in=Rsvp.HELD, gathering__starts_at__gt=now())
    for answer in to_come.select_related("gathering"):
        # One that begins this very moment is not to come any more.
        with suppress(Refusal):
            rsvp.withdraw(answer.gathering, rows.person)
    rows.all().exclude(status__in=Rsvp.HELD).delete()


def host_no_more(rows: Rows) -> None:
    """Duties to come end; who hosted what has been stays, as a former member."""
    names = [f"gatherings/{pk}" for pk in rows.all().values_list("gathering", flat=True)]
    rows.all().filter(gathering__ends_at__gt=now()).delete()
    stamps.bump("gatherings", *names)


@words_of_others
def forget_in_agendas(person: Person, _addresses: list[str]) -> None:
    """A programme that names them as the speaker, where they belong or were, names nobody."""
    near = Q(circle__memberships__person=person) | Q(rsvps__person=person) | Q(hosts=person)
    items = AgendaItem.objects.filter(speaker__iexact=person.name.strip(), gathering__in=_ids(near))
    if person.name.strip():
        names = [f"gatherings/{pk}" for pk in items.values_list("gathering", flat=True).distinct()]
        items.update(speaker="")
        stamps.bump("gatherings", *names)


def _ids(near: Q) -> list[int]:
    return list(Gathering.objects.filter(near).distinct().values_list("pk", flat=True))


rule(
    Rsvp,
    "person",
    "answers",
    {
        "circle": "gathering.circle.name",
        "gathering": "gathering.title",
        "starts_at": "gathering.starts_at",
        "answer": "status",
        "answered_at": "answered_at",
        "came_with": "companion",
        "checked_in_at": "checked_in_at",
    },
    erase=give_up_seats,
)
rule(Rsvp, "companion", unsaid="It is the other person's answer.", erase=let_go)
rule(
    Rsvp,
    "greeter",
    "whom_i_meet_at_the_door",
    {"gathering": "gathering.title", "starts_at": "gathering.starts_at", "who": "person"},
    erase=let_go,
)
rule(
    Rsvp,
    "checked_in_by",
    "whom_i_checked_in",
    {"gathering": "gathering.title", "who": "person", "at": "checked_in_at"},
    erase=let_go,
)
rule(
    Gathering.hosts.through,
    "person",
    "gatherings_i_host",
    {
        "circle": "gathering.circle.name",
        "gathering": "gathering.title",
        "starts_at": "gathering.starts_at",
    },
    erase=host_no_more,
)
rule(
    SlotAnswer,
    "person",
    "days_that_suit_me",
    {
        "circle": "slot.poll.circle.name",
        "about": "slot.poll.title",
        "starts_at": "slot.starts_at",
        "said": "said",
    },
    erase=delete,
)
rule(
    DatePoll,
    "opened_by",
    "date_polls_i_opened",
    {"circle": "circle.name", "about": "title", "at": "opened_at"},
    erase=let_go,
)
rule(
    CoHosting,
    "asked_by",
    "circles_i_asked_to_hold_it_together",
    {"gathering": "gathering.title", "circle": "circle.name", "at": "asked_at"},
    erase=let_go,
)
rule(
    CoHosting,
    "answered_by",
    "gatherings_i_was_asked_to_hold_together",
    {"gathering": "gathering.title", "circle": "circle.name", "answer": "state", "at": "answered_at"},
    erase=let_go,
)
rule(CalendarFeed, "person", "calendar_feed", {"made_at": "made_at"}, erase=delete)
