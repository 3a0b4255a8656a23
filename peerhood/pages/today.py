"""Today: the one thing asked of me next, and three short lists. No feed, no badges.

What is asked comes in the order in which it would hurt to miss it: a room that is
open now, an answer or a decision somebody waits for, whom I met last time; and
when nothing is asked, the page says so.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now

from peerhood.circles import anniversaries, welcoming
from peerhood.circles.models import Membership
from peerhood.connections import queries as connection_queries
from peerhood.connections.models import Connection, Note
from peerhood.gatherings.coming import greeting
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.queries import co_hosting_to_answer, poll_to_answer
from peerhood.mixing.models import Encounter
from peerhood.pages.timeline import steps
from peerhood.people import addresses
from peerhood.people.models import Person
from peerhood.rooms.models import Room
from peerhood.stories.models import Story
from peerhood.themes.models import Theme

LIST_LENGTH = 3
# After a fortnight a face is forgotten; asking later would only be guilt.
ASK_WHO_YOU_MET_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Asked:
    """The main card. ``kind`` picks the words; ``subject`` is what they are about."""

    kind: str
    subject: object = None


@dataclass(frozen=True)
class Today:
    asked: Asked
    coming: list[Rsvp]
    themes: list[Theme]
    follow_ups: list[Note]
    stories: list[Story]
    wants_another_address: bool
    years: list[tuple[Membership, int]]


def today_of(person: Person) -> Today:
    """Everything the page shows, in a fixed number of queries."""
    coming = list(
        Rsvp.objects.held()
        .filter(person=person, gathering__ends_at__gt=now())
        .exclude(gathering__state=Gathering.State.CANCELLED)
        .select_related("gathering__circle")
        .order_by("gathering__starts_at")[: LIST_LENGTH + 1]
    )
    mine = Membership.objects.active().filter(person=person)
    return Today(
        asked=_asked(person, coming),
        coming=coming[:LIST_LENGTH],
        themes=list(
            Theme.objects.filter(circle__in=mine.values("circle"))
            .exclude(supports__person=person)
            .backlog()
            .select_related("circle")[:LIST_LENGTH]
        ),
        follow_ups=list(
            Note.objects.filter(owner=person, follow_up_on__lte=now() + timedelta(days=7))
            .select_related("about")
            .order_by("follow_up_on")[:LIST_LENGTH]
        ),
        stories=list(
            Story.objects.visible_to(person).published().select_related("circle", "author")[:LIST_LENGTH]
        ),
        wants_another_address=addresses.wants_another(person),
        years=anniversaries.of_person(person),
    )


def _asked(person: Person, coming: list[Rsvp]) -> Asked:
    """The first question that has an answer; the later ones are not looked up."""
    next_seat = coming[0] if coming else None
    tomorrow = now() + timedelta(days=1)
    soon = next_seat if next_seat and next_seat.gathering.starts_at < tomorrow else None
    for kind, find in (
        ("room", lambda: _open_room(person)),
        ("soon", lambda: soon),
        ("draft", lambda: _draft_to_publish(person)),
        ("alone", lambda: greeting.soonest_with_somebody_alone(person)),
        ("applied", lambda: _application_to_answer(person)),
        ("greet", lambda: welcoming.to_welcome(person).first()),
        ("together", lambda: co_hosting_to_answer(person)),
        ("host", lambda: steps.next_for(person, steps.BEFORE)),
        ("poll", lambda: poll_to_answer(person)),
        ("answer", lambda: _gathering_to_answer(person)),
        ("met", lambda: _gathering_to_look_back_on(person)),
        ("host", lambda: steps.next_for(person, steps.AFTERWARDS)),
        ("next", lambda: next_seat),
    ):
        if subject := find():
            return Asked(kind, subject)
    return Asked("nothing")


def _open_room(person: Person) -> Room | None:
    return (
        Room.objects.filter(closed_at=None, gathering__rsvps__in=person.rsvps.going())
        .filter(gathering__ends_at__gt=now() - timedelta(hours=2))
        .select_related("gathering__circle")
        .first()
    )


def _draft_to_publish(person: Person) -> Gathering | None:
    """A draft whose date comes near enough that people should hear of it."""
    organised = Membership.objects.organising().filter(person=person).values("circle")
    return (
        Gathering.objects.filter(
            circle__in=organised,
            state=Gathering.State.DRAFT,
            starts_at__range=(now(), now() + timedelta(days=120)),
        )
        .select_related("circle")
        .order_by("starts_at")
        .first()
    )


def _application_to_answer(person: Person) -> Membership | None:
    organised = Membership.objects.organising().filter(person=person).values("circle")
    applied = Membership.objects.filter(circle__in=organised, state=Membership.State.APPLIED)
    return applied.select_related("circle", "person").order_by("pk").first()


def _gathering_to_answer(person: Person) -> Gathering | None:
    """The next gathering of a circle of mine that I have not answered."""
    mine = Membership.objects.active().filter(person=person).values("circle")
    return (
        Gathering.objects.hosted_by(mine)
        .filter(starts_at__gt=now())
        .upcoming()
        .exclude(rsvps__person=person)
        .select_related("circle")
        .first()
    )


def _gathering_to_look_back_on(person: Person) -> Gathering | None:
    """A gathering I was at, where somebody I met is not yet among my people, and I have said it of nobody."""
    seated_with = Encounter.objects.of(person).filter(
        gathering__ends_at__range=(now() - ASK_WHO_YOU_MET_FOR, now())
    )
    latest = seated_with.order_by("-gathering__ends_at").values_list("gathering", flat=True).first()
    i_said = Q(one=person, one_said_at__isnull=False) | Q(other=person, other_said_at__isnull=False)
    if latest is None or Connection.objects.filter(i_said, met_at=latest).exists():
        return None
    gathering = Gathering.objects.select_related("circle").get(pk=latest)
    # With friends of old at one's tables there may be nobody left to say it of.
    is_said = all(met.i_said for met in connection_queries.met_at(gathering, person))
    return None if is_said else gathering
