"""Offering to mentor in a circle, and asking somebody who does: why, goals, and until when.

Whoever would rather not be with one of the two is absent as whoever does not offer is: nobody can tell which. What
two people ask and agree is in no journal.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import is_inside
from peerhood.connections.coffee.asking import hold
from peerhood.growth.mentoring import queries
from peerhood.growth.models.mentoring import (
    AT_MOST,
    GOAL_LENGTH,
    MOST_AT_A_TIME,
    MOST_GOALS,
    MentoringAsk,
    MentoringPair,
    MentorOffer,
)
from peerhood.growth.models.opportunity import today_in
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal, still_there

State = MentoringAsk.State
# Nobody is asked by the same person again for so long after they said no.
LEFT_IN_PEACE = timedelta(days=90)
MOST_OPEN = 3


@transaction.atomic
def offer(circle: Circle, *, by: Person, about: str, cap: int) -> MentorOffer:
    """Say that one mentors, or say it otherwise. Pairs that are stay, also when the new number is smaller."""
    presence.hold(by)
    if not is_inside(by, circle):
        raise PermissionDenied
    if not 1 <= cap <= MOST_AT_A_TIME:
        raise Refusal(_("Between one and five at a time."))
    said = {"about": about.strip(), "cap": cap, "is_open": True}
    made, _created = MentorOffer.objects.update_or_create(circle=circle, person=by, defaults=said)
    journal.record("mentoring.offered", circle, by=by)
    return made


@transaction.atomic
def stop(circle: Circle, *, by: Person) -> None:
    """Offer no more. What was asked can still be answered, and pairs stay."""
    presence.hold(by)
    if MentorOffer.objects.filter(circle=circle, person=by, is_open=True).update(is_open=False):
        journal.record("mentoring.stopped", circle, by=by)


def offers_to(person: Person, circle: Circle) -> QuerySet[MentorOffer]:
    """Whom this person may ask in the circle."""
    here = Membership.objects.active().by_their_own_yes().filter(circle=circle, person=OuterRef("person"))
    found = MentorOffer.objects.filter(Exists(here), circle=circle, is_open=True, person__is_active=True)
    found = found.exclude(person=person).exclude(person__in=silence.apart_from(person.pk))
    return found.select_related("person", "circle").order_by("person__name", "pk")


def has_place(offer: MentorOffer) -> bool:
    return queries.active_in(offer.circle).filter(mentor=offer.person).count() < offer.cap


def why_not(offer: MentorOffer, person: Person) -> str:
    """Why it has to wait, in words for whoever asks; nothing when it does not."""
    mentor = offer.person
    if MentoringAsk.objects.between(person, mentor).filter(state=State.OPEN).exists():
        return _("One of you has asked the other already, and the answer is still to come.")
    pairs = MentoringPair.objects.between(person, mentor).filter(ended_at=None).select_related("circle")
    if any(pair.is_active() for pair in pairs):
        return _("The two of you have agreed on mentoring already.")
    mine = MentoringAsk.objects.filter(mentee=person)
    lately = mine.filter(mentor=mentor)
    said_no = lately.filter(state=State.DECLINED, answered_at__gt=now() - LEFT_IN_PEACE)
    # Asked and taken back several times is asking several times.
    taken_back = lately.filter(state=State.WITHDRAWN, asked_at__gt=now() - LEFT_IN_PEACE)
    if said_no.exists() or taken_back.count() > 1:
        return _("You asked not long ago. Leave it with them for a while.")
    if not has_place(offer):
        return _("They have as many as they wanted at a time. A place may be free later.")
    if mine.filter(state=State.OPEN).count() >= MOST_OPEN:
        return _("You have asked three people who have not answered yet. Wait for one of them first.")
    return ""


@transaction.atomic
def ask(offer: MentorOffer, *, by: Person, why: str, goals: Sequence[str], ends_on: date) -> MentoringAsk:
    """Ask somebody who offers; they get a mail, with the words in it."""
    hold(by, offer.person)
    found = offers_to(by, offer.circle).filter(pk=offer.pk).first()
    if found is None or not is_inside(by, offer.circle):
        raise PermissionDenied
    presence.hold(by)
    if reason := why_not(found, by):
        raise Refusal(reason)
    refuse_goals(goals)
    refuse_day(found.circle, ends_on)
    made = MentoringAsk.objects.create(
        circle=found.circle,
        mentor=found.person,
        mentee=by,
        why=why.strip(),
        goals="\n".join(goals),
        ends_on=ends_on,
    )
    sending.send(found.person, "growth/mentoring_asked", key=f"{key_of(made)}asked", ask=made, other=by)
    return made


@transaction.atomic
def take_back(ask: MentoringAsk, *, by: Person) -> None:
    """Whoever asked, while there is no answer. Twice is once."""
    hold(ask.mentor, ask.mentee)
    found = still_there(MentoringAsk.objects.select_related("mentor", "mentee").filter(pk=ask.pk))
    if by.pk != found.mentee_id:
        raise PermissionDenied
    presence.hold(by)
    if found.state == State.WITHDRAWN:
        return
    if not found.is_open():
        raise Refusal(_("It is answered already."))
    settle(found, State.WITHDRAWN)


def settle(ask: MentoringAsk, state: str) -> None:
    """Write down what became of it; the mail that asks is not sent any more if it still waits."""
    ask.state, ask.answered_at = state, now()
    ask.save(update_fields=["state", "answered_at"])
    if state != State.ACCEPTED:
        sending.take_back(f"{key_of(ask)}asked")


def refuse_goals(goals: Sequence[str]) -> None:
    if not 1 <= len(goals) <= MOST_GOALS or any(len(goal) > GOAL_LENGTH for goal in goals):
        raise Refusal(_("Between one goal and five, each a line."))


def refuse_day(circle: Circle, day: date) -> None:
    today = today_in(circle)
    if not today < day <= today + AT_MOST:
        raise Refusal(_("Choose a day after today, within twelve months."))


def key_of(ask: MentoringAsk) -> str:
    """How the keys of all its mails begin."""
    return f"growth/mentoring/{ask.pk}/"
