"""Answering: yes, and two people have mentoring until the day; or not this time, kindly and without a reason.

A mentor never has more at a time than they said: both are held while places are counted.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.circles.permissions import is_inside
from peerhood.connections.coffee.asking import hold
from peerhood.growth.mentoring import asking
from peerhood.growth.mentoring.asking import key_of, refuse_day, settle
from peerhood.growth.models.mentoring import MentoringAsk, MentoringGoal, MentoringPair, MentorOffer
from peerhood.growth.models.opportunity import today_in
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal, still_there

State = MentoringAsk.State


@transaction.atomic
def accept(ask: MentoringAsk, *, by: Person) -> MentoringPair:
    """Say yes. Twice is once."""
    found = _take(ask, by)
    if before := MentoringPair.objects.filter(ask=found).first():
        return before
    both_inside = is_inside(found.mentor, found.circle) and is_inside(found.mentee, found.circle)
    # A silence takes back what waits a moment after it is said.
    if not (found.is_open() and both_inside) or found.mentee_id in silence.apart_from(by.pk):
        raise Refusal(_("It is not open any more."))
    offers = MentorOffer.objects.select_related("circle", "person")
    offer = offers.filter(circle=found.circle, person=by).first()
    if offer is None or not asking.has_place(offer):
        raise Refusal(_("You have as many as you wanted at a time. Say another number, or not this time."))
    refuse_day(found.circle, found.ends_on)
    settle(found, State.ACCEPTED)
    pair = MentoringPair.objects.create(
        ask=found,
        circle=found.circle,
        mentor=found.mentor,
        mentee=found.mentee,
        starts_on=today_in(found.circle),
        ends_on=found.ends_on,
    )
    MentoringGoal.objects.bulk_create(
        MentoringGoal(pair=pair, position=number, text=text)
        for number, text in enumerate(found.goals.splitlines())
    )
    for one in (pair.mentor, pair.mentee):
        sending.send(
            one,
            "growth/mentoring_agreed",
            key=f"{key_of(found)}agreed/{one.pk}",
            pair=pair,
            other=pair.the_other(one),
        )
    return pair


@transaction.atomic
def decline(ask: MentoringAsk, *, by: Person) -> None:
    """Not this time. Whoever asked is told so kindly. Twice is once."""
    found = _take(ask, by)
    if found.state == State.DECLINED:
        return
    if not found.is_open():
        raise Refusal(_("It is not open any more."))
    say_no(found)


def say_no(ask: MentoringAsk) -> None:
    settle(ask, State.DECLINED)
    sending.send(
        ask.mentee, "growth/mentoring_declined", key=f"{key_of(ask)}declined", ask=ask, other=ask.mentor
    )


def _take(ask: MentoringAsk, by: Person) -> MentoringAsk:
    hold(ask.mentor, ask.mentee)
    found = still_there(MentoringAsk.objects.select_related("circle", "mentor", "mentee").filter(pk=ask.pk))
    if by.pk != found.mentor_id:
        raise PermissionDenied
    presence.hold(by)
    return found
