"""Reads that span nouns: what comes next for a person, who is new, when each item begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, now

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.confidentiality import TABLE, Level
from peerhood.gatherings.models import (
    AgendaItem,
    CoHosting,
    CoHostingQuerySet,
    DatePoll,
    Gathering,
    Part,
    Rsvp,
    Series,
    Slot,
    SlotAnswer,
    StandingRsvp,
)
from peerhood.people.models import Affiliation, Person


def agenda_with_times(gathering: Gathering) -> list[tuple[AgendaItem, datetime]]:
    """Each item with the moment it begins, in the gathering's own time zone."""
    moment, lines = gathering.starts_at, []
    for item in gathering.agenda.all():
        lines.append((item, moment.astimezone(gathering.zone)))
        moment += timedelta(minutes=item.length_minutes)
    return lines


def level_of(outer: OuterRef) -> Coalesce:
    """The level of the strictest item of the gathering that ``outer`` points at; open where it has none."""
    strictness = Case(*(When(confidentiality=level, then=place) for place, level in enumerate(TABLE)))
    items = AgendaItem.objects.filter(gathering=outer).order_by(strictness.desc())
    return Coalesce(Subquery(items.values("confidentiality")[:1]), Value(str(Level.OPEN)))


def with_level(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Fetch along what ``gathering.level`` would ask for each."""
    return gatherings.annotate(level=level_of(OuterRef("pk")))  # type: ignore[no-redef]


def series_of(gathering: Gathering, person: Person) -> Series | None:
    """The series it belongs to, for members of its circle, with whether they come to every one: ``stands``."""
    if not person.is_authenticated or gathering.series_id is None:
        return None
    inside = Membership.objects.inside().filter(person_id=person.pk, circle=OuterRef("circle"))
    stands = StandingRsvp.objects.filter(person_id=person.pk, series=OuterRef("pk"))
    known = Series.objects.filter(Exists(inside), pk=gathering.series_id)
    return known.annotate(stands=Exists(stands)).first()


def first_timers(gathering: Gathering) -> set[int]:
    """Ids of those with a place here who never came to an earlier gathering of the circles that hold it."""
    earlier = Gathering.objects.hosted_by(gathering.hosting_circles())
    been = Rsvp.objects.checked_in().filter(
        person_id=OuterRef("person_id"),
        gathering__in=earlier.filter(starts_at__lt=gathering.starts_at),
    )
    return set(gathering.rsvps.held().exclude(Exists(been)).values_list("person_id", flat=True))


def has_been_to(gathering: Gathering, person: Person) -> bool:
    """Has this person attended an earlier gathering of the circles that hold this one?"""
    earlier = Gathering.objects.hosted_by(gathering.hosting_circles()).filter(
        starts_at__lt=gathering.starts_at
    )
    return Rsvp.objects.checked_in().filter(person_id=person.pk, gathering__in=earlier).exists()


def may_read_join_link(gathering: Gathering, rsvp: Rsvp | None) -> bool:
    """The link is for those with a seat online, from an hour before: what is read earlier is passed on."""
    near = gathering.starts_at - timedelta(hours=1) <= now() and not gathering.is_over()
    return near and rsvp is not None and rsvp.is_going() and rsvp.part == Part.ONLINE


def would_lose_seat(gathering: Gathering, person: Person) -> bool:
    """Would somebody else get this person's seat the moment they give it up?"""
    if not gathering.takes_answers() or not gathering.waiting_count:
        return False
    return gathering.rsvps.going().filter(person=person).exists()


def with_homes(rsvps: QuerySet[Rsvp], person: Person) -> QuerySet[Rsvp]:
    """Answers with the chapter each guest is at home in, where this person may know of it; else None."""
    return rsvps.prefetch_related(Prefetch("guest_of", Circle.objects.visible_to(person)))


def present_or_going(gathering: Gathering) -> QuerySet[Rsvp]:
    """Who is in the room: those checked in as soon as anybody is, those with a seat until then."""
    here = gathering.rsvps.checked_in()
    return here if here.exists() else gathering.rsvps.going()


def organisations_count(gathering: Gathering) -> int:
    """How many employers those with a seat come from."""
    today = localdate()
    jobs = Affiliation.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today))
    going = gathering.rsvps.going().values("person")
    return jobs.filter(person__in=going).values("employer").distinct().count()


@dataclass(frozen=True)
class AskedDate:
    """One date of a poll as a member sees it."""

    slot: Slot
    mine: str
    # What can be said, and who said it, by name.
    said: list[tuple[str, list[Person]]]
    suits_most: bool


def co_hostings_for(person: Person) -> CoHostingQuerySet:
    """What this person has a part in: as an organiser of the circle that is asked, or as who runs the gathering.

    Those who run it know of a closed circle before it has said yes only if they belong to it.
    """
    if not person.is_authenticated:
        return CoHosting.objects.none()
    organised = Membership.objects.organising().filter(person_id=person.pk).values("circle")
    told = Q(state=CoHosting.State.AGREED) | Q(circle__in=Circle.objects.visible_to(person).values("pk"))
    run = Q(gathering__in=Gathering.objects.run_by(person).values("pk"))
    return CoHosting.objects.filter(Q(circle__in=organised) | (run & told))


def co_hosting_to_answer(person: Person) -> CoHosting | None:
    """The oldest question to a circle this person organises that nobody has answered, about a gathering to come."""
    organised = Membership.objects.organising().filter(person_id=person.pk).values("circle")
    asked = CoHosting.objects.filter(circle__in=organised, state=CoHosting.State.ASKED)
    to_come = asked.filter(gathering__starts_at__gt=now()).exclude(gathering__state=Gathering.State.CANCELLED)
    return to_come.select_related("gathering__circle", "circle").order_by("asked_at", "pk").first()


def next_gatherings_of(circles: Sequence[Circle], person: Person) -> dict[int, Gathering]:
    """Each circle's next gathering that this person may know of, by the circle's key; two queries for all."""
    ahead = Gathering.objects.visible_to(person).upcoming().filter(starts_at__gt=now())
    own = ahead.filter(circle=OuterRef("pk"))
    together = ahead.filter(co_hostings__circle=OuterRef("pk"), co_hostings__state=CoHosting.State.AGREED)
    nearest = [Subquery(each.values("pk")[:1]) for each in (own, together)]
    found = Circle.objects.filter(pk__in=[circle.pk for circle in circles]).values_list("pk", *nearest)
    keys = {pk: [key for key in both if key] for pk, *both in found.order_by("pk")}
    gatherings = Gathering.objects.select_related("circle").in_bulk(
        [key for both in keys.values() for key in both]
    )
    return {
        pk: min((gatherings[key] for key in both), key=lambda one: one.starts_at)
        for pk, both in keys.items()
        if both
    }


def dates_of(poll: DatePoll, person: Person) -> list[AskedDate]:
    """A poll's dates in order, with who said what. Those suit most that most can come to, and gladly."""
    slots = list(poll.slots.all())
    answers: dict[int, list[SlotAnswer]] = {slot.pk: [] for slot in slots}
    found = SlotAnswer.objects.filter(slot__poll=poll).select_related("person")
    for answer in found.order_by("person__name", "pk"):
        answers[answer.slot_id].append(answer)
    best = max((_suiting(said) for said in answers.values()), default=(0, 0))
    return [
        AskedDate(
            slot,
            mine=next((answer.said for answer in answers[slot.pk] if answer.person_id == person.pk), ""),
            said=[
                (str(label), [answer.person for answer in answers[slot.pk] if answer.said == word])
                for word, label in SlotAnswer.Said.choices
            ],
            suits_most=best > (0, 0) and _suiting(answers[slot.pk]) == best,
        )
        for slot in slots
    ]


def _suiting(answers: list[SlotAnswer]) -> tuple[int, int]:
    """How many can come, and how many of them gladly."""
    words = [answer.said for answer in answers]
    gladly = words.count(SlotAnswer.Said.YES)
    return gladly + words.count(SlotAnswer.Said.IF_NEEDED), gladly


def polls_of(person: Person) -> QuerySet[DatePoll]:
    """Polls of this person's circles that ask about a date to come, each with whether they ``has_answered``."""
    mine = SlotAnswer.objects.filter(slot__poll=OuterRef("pk"), person_id=person.pk)
    to_come = Slot.objects.filter(poll=OuterRef("pk"), starts_at__gt=now())
    polls = DatePoll.objects.visible_to(person).open().filter(Exists(to_come)).select_related("circle")
    return polls.annotate(has_answered=Exists(mine))


def poll_to_answer(person: Person) -> DatePoll | None:
    """The latest of them that this person has not answered."""
    mine = SlotAnswer.objects.filter(slot__poll=OuterRef("pk"), person_id=person.pk)
    return polls_of(person).filter(~Exists(mine)).first()
