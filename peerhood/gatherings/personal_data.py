"""What gatherings hold of a person, and what becomes of it."""

from contextlib import suppress

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from peerhood.gatherings import rsvp
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import (
    AgendaItem,
    CalendarFeed,
    CoHosting,
    DatePoll,
    Gathering,
    Hold,
    MemberStory,
    Needs,
    Rsvp,
    SavedAgenda,
    SlotAnswer,
    StandingRsvp,
)
from peerhood.journal.models import Entry
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, delete, let_go, rule, words_of_others
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal


def give_up_seats(rows: Rows) -> None:
    """Seats to come go to whoever waits; where somebody was stays, as a former member without needs or guests."""
    Needs.objects.filter(rsvp__in=rows.all()).delete()
    _choices_of(rows.all()).update(facts={})
    rows.all().update(guest_names=[], wants_job=False, quiet_start=False)
    to_come = rows.all().filter(status__in=Rsvp.HELD, gathering__starts_at__gt=now())
    for answer in to_come.select_related("gathering"):
        # One that begins this very moment is not to come any more.
        with suppress(Refusal):
            rsvp.withdraw(answer.gathering, rows.person)
    rows.all().exclude(status__in=Rsvp.HELD).delete()


def _choices_of(rsvps: QuerySet[Rsvp]) -> QuerySet[Entry]:
    """What organisers wrote down when they gave these a place before others."""
    keys = [str(pk) for pk in rsvps.values_list("pk", flat=True)]
    return Entry.objects.filter(name="rsvp.chosen", subject_type="gatherings.rsvp", subject_id__in=keys)


def why_chosen(rsvp: Rsvp, _person: Person) -> str:
    found = _choices_of(Rsvp.objects.filter(pk=rsvp.pk)).last()
    return found.facts.get("reason", "") if found else ""


def diet_of(rsvp: Rsvp, _person: Person) -> str:
    return rsvp.needs.diet if hasattr(rsvp, "needs") else ""


def access_of(rsvp: Rsvp, _person: Person) -> str:
    return rsvp.needs.access if hasattr(rsvp, "needs") else ""


def _named(rsvp: Rsvp) -> str:
    return str(rsvp.person) if rsvp.gathering.allows(Surface.EXPORT_NAMES) else ""


def whose_it_is(rsvp: Rsvp, _person: Person) -> str:
    """Who came, in somebody else's copy of their own data; empty under a rule."""
    return _named(rsvp)


def when_they_came(rsvp: Rsvp, _person: Person) -> str:
    return rsvp.checked_in_at.isoformat() if rsvp.checked_in_at and _named(rsvp) else ""


@words_of_others
def forget_holds(_person: Person, addresses: list[str]) -> None:
    Hold.objects.filter(address__in=[address.lower() for address in addresses]).delete()


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
        "where": "part",
        "came_with": "companion",
        "guests": "guest_names",
        "name_shown_to": "shown_to",
        "would_like_a_job": "wants_job",
        "would_like_a_quiet_start": "quiet_start",
        "would_like_a_buddy": "wants_buddy",
        "does_not_eat": diet_of,
        "needs": access_of,
        "chosen_because": why_chosen,
        "checked_in_at": "checked_in_at",
    },
    erase=give_up_seats,
)
rule(Rsvp, "companion", unsaid="It is the other person's answer.", erase=let_go)
rule(
    Rsvp,
    "greeter",
    "whom_i_meet_at_the_door",
    {"gathering": "gathering.title", "starts_at": "gathering.starts_at", "who": whose_it_is},
    erase=let_go,
)
rule(
    Rsvp,
    "buddy",
    "whose_buddy_i_am",
    {"gathering": "gathering.title", "starts_at": "gathering.starts_at", "who": whose_it_is},
    erase=let_go,
)
rule(
    Rsvp,
    "checked_in_by",
    "whom_i_checked_in",
    {"gathering": "gathering.title", "who": whose_it_is, "at": when_they_came},
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
rule(
    StandingRsvp,
    "person",
    "series_i_come_to",
    {"circle": "series.circle.name", "series": "series.name", "since": "since"},
    erase=delete,
)
rule(
    SavedAgenda,
    "saved_by",
    "agendas_i_saved",
    {"circle": "circle.name", "agenda": "name", "at": "saved_at"},
    erase=let_go,
)
rule(CalendarFeed, "person", "calendar_feed", {"made_at": "made_at"}, erase=delete)
rule(
    MemberStory,
    "person",
    "stories_i_would_tell",
    {"circle": "circle.name", "title": "title", "about": "about", "offered_at": "offered_at"},
    erase=delete,
)
rule(
    MemberStory,
    "buddy",
    "rehearsals_i_listen_to",
    {"circle": "circle.name", "title": "title", "who": "person"},
    erase=let_go,
)
