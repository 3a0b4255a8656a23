"""Polling: which day suits the members of a circle.

Whoever may draft a gathering asks; members answer yes, if needed, or no to each date, and
may change their mind while it is open. A host picks a date and has a draft; nobody is told
before that is published. A poll that was closed can be opened again, and its draft goes.
Whoever has not answered is reminded once by itself, and once a day when a host asks for it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.entering import joining
from peerhood.circles.models import Seed
from peerhood.circles.permissions import is_inside
from peerhood.gatherings import agenda, planning
from peerhood.gatherings.models import DatePoll, Gathering, Series, Slot, SlotAnswer
from peerhood.gatherings.permissions import can_draft
from peerhood.gatherings.series import cadence, scheduling
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

FEWEST_SLOTS, MOST_SLOTS = 2, 8
# As many dates as a telephone shows without scrolling far.
PROPOSED = 4
# Reminded so long after it was opened, or so long before its first date, whichever comes first;
# but nobody on the day they were asked.
AFTER_OPENING, BEFORE_THE_FIRST, A_DAY = timedelta(days=3), timedelta(days=2), timedelta(days=1)


def proposed_starts(series: Series) -> list[datetime]:
    """Dates to ask about: the series' next day, and the same weekday in the weeks after it.

    One that floats has no day; it is asked about its weekday, from when people can be invited.
    """
    zone = ZoneInfo(series.circle.time_zone)
    start = scheduling.next_start(series)
    first = start.date() if start else _soonest(zone, series.weekday)
    return [cadence.at(day, series.starts_at_time, zone) for day in cadence.weekly(first, PROPOSED)]


def _soonest(zone: ZoneInfo, weekday: int) -> date:
    # A fortnight is what it takes to invite people.
    return cadence.on_or_after(now().astimezone(zone).date() + cadence.FORTNIGHT, weekday)


@transaction.atomic
def open_poll(series: Series, starts: Iterable[datetime], *, by: Person, title: str = "") -> DatePoll:
    """Ask the circle's members about some dates. Each gets a mail with one link."""
    circle = series.circle
    if not can_draft(by, circle):
        raise PermissionDenied
    # Asked twice at the same moment, it is asked once.
    Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    if asked := series.date_polls.open().first():
        return asked
    starts = sorted({start for start in starts if start > now()})
    if not FEWEST_SLOTS <= len(starts) <= MOST_SLOTS:
        raise Refusal(
            _("A poll asks about %(fewest)d to %(most)d dates to come.")
            % {"fewest": FEWEST_SLOTS, "most": MOST_SLOTS}
        )
    poll = DatePoll.objects.create(circle=circle, series=series, title=title or series.name, opened_by=by)
    lines = scheduling.lines_for(series)
    Slot.objects.bulk_create(
        Slot(poll=poll, starts_at=start, ends_at=agenda.end_of(start, lines)) for start in starts
    )
    journal.record("poll.opened", poll, by=by)
    for membership in circle.memberships.active().select_related("person"):
        key = f"gatherings/poll_opened/{poll.pk}/{membership.person_id}"
        sending.send(membership.person, "gatherings/poll_opened", key=key, poll=poll)
    return poll


@transaction.atomic
def open_first(seed: Seed) -> DatePoll | None:
    """Ask for the first date of a circle that has just opened, as its seed had planned it."""
    circle = seed.circle
    if circle is None or circle.series.exists() or not can_draft(seed.planter, circle):
        return None
    zone = ZoneInfo(circle.time_zone)
    first = _soonest(zone, seed.weekday)
    series = scheduling.schedule(
        circle,
        by=seed.planter,
        template=template_for(seed.starts_at_time),
        cadence=seed.cadence,
        weekday=seed.weekday,
        week_of_month=cadence.week_of(first),
        starts_at_time=seed.starts_at_time,
        capacity=seed.size,
    )
    starts = [cadence.at(day, seed.starts_at_time, zone) for day in cadence.weekly(first, PROPOSED)]
    return open_poll(series, starts, by=seed.planter, title=next(iter(seed.themes), ""))


def template_for(starts_at: time) -> str:
    """Which run of the day fits that hour; the organiser may choose another one for the next series.

    >>> template_for(time(7, 30)), template_for(time(13)), template_for(time(18))
    ('executive-breakfast', 'norrkoping-afternoon', 'flashmob-evening')
    """
    if starts_at < time(11):
        return "executive-breakfast"
    return "norrkoping-afternoon" if starts_at < time(16) else "flashmob-evening"


@transaction.atomic
def answer(poll: DatePoll, person: Person, said: Mapping[int, str]) -> None:
    """Say what suits, by slot; a date nothing is said about is left open. The last word counts."""
    poll = _lock(poll)
    if not is_inside(person, poll.circle):
        raise PermissionDenied
    if not poll.is_open():
        raise Refusal(_("This poll is closed."))
    # Members see who can come when: to somebody whom a list put here, answering is their own yes.
    joining.join(poll.circle, person)
    slots = set(poll.slots.values_list("pk", flat=True))
    SlotAnswer.objects.filter(slot__poll=poll, person=person).delete()
    SlotAnswer.objects.bulk_create(
        SlotAnswer(slot_id=slot, person=person, said=word) for slot, word in said.items() if slot in slots
    )
    journal.record("poll.answered", poll, by=person)


@transaction.atomic
def choose(poll: DatePoll, slot: Slot, *, by: Person) -> Gathering:
    """Pick a date: the poll closes, and the gathering is drafted. Nobody is told yet."""
    poll = _lock_for(by, poll)
    if poll.gathering:
        return poll.gathering
    if not poll.is_open():
        raise Refusal(_("This poll is closed."))
    if slot.starts_at <= now():
        raise Refusal(_("This date has passed."))
    _settle(poll.series, slot.starts_at.astimezone(poll.zone))
    poll.gathering = scheduling.draft(poll.series, by=by, starts_at=slot.starts_at, title=poll.title)
    poll.closed_at = now()
    poll.save(update_fields=["gathering", "closed_at"])
    journal.record("poll.closed", poll, by=by)
    return poll.gathering


def _settle(series: Series, start: datetime) -> None:
    """A series that has not met yet keeps the day that was picked for it, unless it floats."""
    if not series.is_floating() and not series.gatherings.exists():
        series.weekday, series.week_of_month = start.weekday(), cadence.week_of(start.date())
        series.save(update_fields=["weekday", "week_of_month"])


@transaction.atomic
def close(poll: DatePoll, *, by: Person) -> None:
    """Ask no longer, without a date."""
    poll = _lock_for(by, poll)
    if poll.is_open():
        poll.closed_at = now()
        poll.save(update_fields=["closed_at"])
        journal.record("poll.closed", poll, by=by)


@transaction.atomic
def reopen(poll: DatePoll, *, by: Person) -> None:
    """Ask again. A draft that came of it goes away; what was announced stays, and so does the poll."""
    poll = _lock_for(by, poll)
    if poll.is_open():
        return
    if poll.gathering and poll.gathering.is_draft():
        planning.cancel(poll.gathering, by=by)
    elif poll.gathering and not poll.gathering.is_cancelled():
        raise Refusal(_("The gathering is announced. Change its date there."))
    poll.gathering, poll.closed_at = None, None
    poll.save(update_fields=["gathering", "closed_at"])
    journal.record("poll.reopened", poll, by=by)


@transaction.atomic
def remind(poll: DatePoll, *, by: Person) -> int:
    """Ask those again who have not answered, once a day; how many they are."""
    poll = _lock_for(by, poll)
    if not poll.is_open():
        raise Refusal(_("This poll is closed."))
    if not may_remind(poll):
        raise Refusal(_("They were reminded within the last day. Give them a little time."))
    return _remind(poll, by)


def remind_all_due() -> None:
    """For the worker: each poll that is still open and nobody was reminded of."""
    for poll in DatePoll.objects.open().filter(opened_at__lt=now() - A_DAY).order_by("pk"):
        _remind_if_due(poll)


@transaction.atomic
def _remind_if_due(poll: DatePoll) -> None:
    poll = _lock(poll)
    slots = [slot.starts_at for slot in poll.slots.all()]
    due_at = max(poll.opened_at + A_DAY, min(poll.opened_at + AFTER_OPENING, min(slots) - BEFORE_THE_FIRST))
    if poll.is_open() and due_at <= now() < max(slots) and last_reminded_at(poll) is None:
        _remind(poll, None)


def _remind(poll: DatePoll, by: Person | None) -> int:
    asked = silent_in(poll)
    journal.record("poll.reminded", poll, by=by)
    for person in asked:
        key = f"gatherings/poll_reminder/{poll.pk}/{person.pk}/{now():%Y-%m-%dT%H:%M}"
        sending.send(person, "gatherings/poll_reminder", key=key, poll=poll)
    return len(asked)


def may_remind(poll: DatePoll) -> bool:
    """Not so soon after the last time."""
    reminded_at = last_reminded_at(poll)
    return poll.is_open() and (reminded_at is None or now() >= reminded_at + A_DAY)


def last_reminded_at(poll: DatePoll) -> datetime | None:
    entry = journal.last(poll, "poll.reminded")
    return entry.at if entry else None


def silent_in(poll: DatePoll) -> list[Person]:
    """Active members who have said nothing to any of its dates, by name."""
    answered = SlotAnswer.objects.filter(slot__poll=poll).values("person")
    members = poll.circle.memberships.active().exclude(person__in=answered)
    return [membership.person for membership in members.select_related("person").order_by("person__name")]


def tell_the_date(gathering: Gathering) -> None:
    """Whoever answered the poll hears which date it became, once that is announced."""
    poll = DatePoll.objects.filter(gathering=gathering).first()
    answered = SlotAnswer.objects.filter(slot__poll=poll).values("person") if poll else []
    inside = gathering.circle.memberships.active().filter(person__in=answered).select_related("person")
    for membership in inside:
        key = f"gatherings/poll_settled/{gathering.pk}/{membership.person_id}"
        sending.send(membership.person, "gatherings/poll_settled", key=key, gathering=gathering)


def _lock_for(by: Person, poll: DatePoll) -> DatePoll:
    poll = _lock(poll)
    if not can_draft(by, poll.circle):
        raise PermissionDenied
    return poll


def _lock(poll: DatePoll) -> DatePoll:
    # Not joined with its gathering: PostgreSQL would show the one from before the wait for the lock.
    locked = DatePoll.objects.select_for_update(of=("self",))
    return locked.select_related("circle", "series__circle").get(pk=poll.pk)
