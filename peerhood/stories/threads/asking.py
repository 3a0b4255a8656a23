"""Asking: a member has a question to the circle until a day, or says something in the moan corner.

A question is told to the members by mail, who may turn that off, and its replies are told to whoever asked, once the
day is over. The moan corner is told to nobody: it is not in the journal, not found by searching, in no mail and in no
export but of one's own words, and gone after a week.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import is_inside
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal
from peerhood.stories.models.thread import FORGOTTEN_AFTER, Thread

LATEST = timedelta(days=90)
MOST_OPEN = 3


@transaction.atomic
def ask(circle: Circle, *, by: Person, title: str, text: str, reply_by: date) -> Thread:
    """Put a question to the circle."""
    _hold_member(circle, by)
    _refuse_day(circle, reply_by)
    if Thread.objects.filter(circle=circle, author=by, reply_by__gte=_today(circle)).count() >= MOST_OPEN:
        raise Refusal(_("Three of your questions wait for replies. Let one of them come to its day first."))
    thread = Thread.objects.create(
        circle=circle, author=by, kind=Thread.Kind.QUESTION, title=title, text=text, reply_by=reply_by
    )
    journal.record("question.asked", circle, by=by)
    _tell(thread, by)
    return thread


@transaction.atomic
def moan(circle: Circle, *, by: Person, title: str, text: str) -> Thread:
    """Say it where it is forgotten after a week."""
    _hold_member(circle, by)
    ends_at = now() + FORGOTTEN_AFTER
    return Thread.objects.create(
        circle=circle, author=by, kind=Thread.Kind.MOAN, title=title, text=text, ends_at=ends_at
    )


@transaction.atomic
def wait_until(thread: Thread, day: date, *, by: Person) -> Thread:
    """Give a question another day, an earlier one as well; whoever asked it may."""
    mine = Thread.objects.questions().filter(author=by).select_for_update(of=("self",))
    found = mine.select_related("circle").filter(pk=thread.pk).first()
    if found is None:
        raise PermissionDenied
    _refuse_day(found.circle, day)
    found.reply_by = day
    found.save(update_fields=["reply_by"])
    return found


def _hold_member(circle: Circle, by: Person) -> None:
    presence.hold(by)
    if not is_inside(by, circle):
        raise PermissionDenied


def _refuse_day(circle: Circle, day: date) -> None:
    today = _today(circle)
    if day < today:
        raise Refusal(_("This day is over. Choose one to come."))
    if day > today + LATEST:
        raise Refusal(_("Within three months, please: later nobody remembers the question."))


def _today(circle: Circle) -> date:
    return localdate(timezone=ZoneInfo(circle.time_zone))


def _tell(thread: Thread, by: Person) -> None:
    members = Membership.objects.active().by_their_own_yes().filter(circle=thread.circle)
    members = members.exclude(person=by).exclude(person__in=silence.hidden_from(by))
    for membership in members.select_related("person").order_by("pk"):
        sending.send(
            membership.person,
            "stories/question",
            key=f"stories/question/{thread.pk}/{membership.person_id}",
            thread=thread,
            other=by,
        )
