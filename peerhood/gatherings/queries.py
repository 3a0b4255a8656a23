"""Reads that span nouns: what comes next for a person, who is new, when each item begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, now

from peerhood.circles.models import Membership
from peerhood.gatherings.models import AgendaItem, DatePoll, Gathering, Rsvp, Slot, SlotAnswer
from peerhood.people.models import Affiliation, Person


def agenda_with_times(gathering: Gathering) -> list[tuple[AgendaItem, datetime]]:
    """Each item with the moment it begins, in the gathering's own time zone."""
    moment, lines = gathering.starts_at, []
    for item in gathering.agenda.all():
        lines.append((item, moment.astimezone(gathering.zone)))
        moment += timedelta(minutes=item.length_minutes)
    return lines


def first_timers(gathering: Gathering) -> set[int]:
    """Ids of those with a place here who never came to an earlier gathering of this circle."""
    been = Rsvp.objects.checked_in().filter(
        person_id=OuterRef("person_id"),
        gathering__circle_id=gathering.circle_id,
        gathering__starts_at__lt=gathering.starts_at,
    )
    return set(gathering.rsvps.held().exclude(Exists(been)).values_list("person_id", flat=True))


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


def greeters_of(gathering: Gathering) -> list[Person]:
    """Who meets newcomers: the circle's greeters who come, else its hosts, else its contact persons."""
    inside = Membership.objects.inside().filter(circle_id=gathering.circle_id)
    going = gathering.rsvps.going().values("person")
    greeters = inside.filter(role=Membership.Role.GREETER, person__in=going)
    return (
        list(Person.objects.filter(pk__in=greeters.values("person")).order_by("pk"))
        or list(gathering.hosts.order_by("pk"))
        or list(Person.objects.filter(pk__in=inside.filter(is_contact=True).values("person")).order_by("pk"))
    )


def greeter_for(person: Person, greeters: list[Person]) -> Person | None:
    """The one who meets this person, shared out evenly; nobody greets themselves."""
    others = [greeter for greeter in greeters if greeter.pk != person.pk]
    return others[person.pk % len(others)] if others else None


@dataclass(frozen=True)
class AskedDate:
    """One date of a poll as a member sees it."""

    slot: Slot
    mine: str
    # What can be said, and who said it, by name.
    said: list[tuple[str, list[Person]]]
    suits_most: bool


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
