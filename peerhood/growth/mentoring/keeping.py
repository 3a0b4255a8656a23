"""Keeping a pair: its goals, one's own notes, one more time together if both wish, and its end.

It ends by itself when its day is over, and each is asked for one line on what they gained, for themselves alone.
Either may end it before, without a reason; so does a silence, in the same words.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from peerhood.connections.coffee.asking import hold
from peerhood.growth.mentoring import answering, queries
from peerhood.growth.mentoring.asking import refuse_day, refuse_goals, settle
from peerhood.growth.models.mentoring import MentoringAsk, MentoringGoal, MentoringNote, MentoringPair
from peerhood.notices import sending
from peerhood.people.models import Person, Silence
from peerhood.platform import presence
from peerhood.platform.refusals import NoLongerThere, Refusal, still_there


@transaction.atomic
def set_goals(pair: MentoringPair, goals: Sequence[str], *, by: Person) -> None:
    """Other lines; those that stay keep their tick."""
    found = _take(pair, by, active=True)
    refuse_goals(goals)
    done = set(found.goals.filter(is_done=True).values_list("text", flat=True))
    found.goals.all().delete()
    MentoringGoal.objects.bulk_create(
        MentoringGoal(pair=found, position=number, text=text, is_done=text in done)
        for number, text in enumerate(goals)
    )


@transaction.atomic
def tick(goal: MentoringGoal, *, by: Person, is_done: bool) -> None:
    """Either of the two, on or off."""
    _take(goal.pair, by, active=True)
    MentoringGoal.objects.filter(pk=goal.pk).update(is_done=is_done)


@transaction.atomic
def write(pair: MentoringPair, *, by: Person, **said: str) -> MentoringNote:
    """One's own ``text``, or the line on what one ``gained``. Also when it is over."""
    found = _take(pair, by)
    note, _created = MentoringNote.objects.update_or_create(
        pair=found, person=by, defaults={name: value.strip() for name, value in said.items()}
    )
    return note


@transaction.atomic
def propose(pair: MentoringPair, day: date, *, by: Person) -> None:
    """Ask the other for more time, once for a pair."""
    found = _take(pair, by, active=True)
    if found.was_prolonged:
        raise Refusal(_("You prolonged it once. Let it come to its end, and ask anew if you both like."))
    if found.prolong_to is not None:
        raise Refusal(_("A new day waits for an answer already."))
    if day <= found.ends_on:
        raise Refusal(_("Choose a day after the one you agreed on."))
    refuse_day(found.circle, day)
    found.prolong_to, found.mentor_proposed = day, by.pk == found.mentor_id
    found.save(update_fields=["prolong_to", "mentor_proposed"])
    sending.send(
        found.the_other(by),
        "growth/mentoring_prolong",
        key=f"growth/mentoring_pair/{found.pk}/prolong/{day}",
        pair=found,
        other=by,
    )


@transaction.atomic
def answer(pair: MentoringPair, *, by: Person, agrees: bool) -> None:
    """Say yes to the new day; or leave the old one, which whoever proposed may do as well."""
    found = _take(pair, by, active=True)
    if found.prolong_to is None:
        raise Refusal(_("There is no new day to answer."))
    if agrees and found.is_proposed_by(by):
        raise PermissionDenied
    if agrees:
        found.ends_on, found.was_prolonged = found.prolong_to, True
    found.prolong_to = found.mentor_proposed = None
    found.save(update_fields=["ends_on", "was_prolonged", "prolong_to", "mentor_proposed"])


@transaction.atomic
def end(pair: MentoringPair, *, by: Person) -> None:
    """Before its day. No reason is asked for; twice is once."""
    found = _take(pair, by)
    if found.is_active():
        call_off(found)


def call_off(pair: MentoringPair) -> None:
    """Both are told in the same words, whoever it was."""
    _over(pair, "growth/mentoring_ended")


def end_all_due() -> None:
    """The worker comes by every hour, or twice at once: each pair ends once."""
    # Days differ around the world by one at most.
    due = MentoringPair.objects.filter(ended_at=None, ends_on__lte=localdate() + timedelta(days=1))
    for pair in due.select_related("circle", "mentor", "mentee").order_by("pk"):
        with suppress(NoLongerThere):
            _end_if_due(pair)


@transaction.atomic
def _end_if_due(pair: MentoringPair) -> None:
    found = _held(pair)
    if found.ended_at is None and not found.is_active():
        _over(found, "growth/mentoring_over")


@transaction.atomic
def end_with_the_silenced(owner: Person) -> None:
    """What waits is answered as by whoever would rather not, and what was agreed is ended."""
    for each in Silence.objects.filter(owner=owner).select_related("about").order_by("about"):
        hold(owner, each.about)
        for ask in (
            MentoringAsk.objects.between(owner, each.about)
            .filter(state=MentoringAsk.State.OPEN)
            .select_related("mentor", "mentee", "circle")
        ):
            if ask.mentor_id == owner.pk:
                answering.say_no(ask)
            else:
                settle(ask, MentoringAsk.State.WITHDRAWN)
        for pair in queries.pairs_between(owner, each.about):
            if pair.is_active():
                call_off(pair)


def _over(pair: MentoringPair, kind: str) -> None:
    pair.ended_at, pair.prolong_to, pair.mentor_proposed = now(), None, None
    pair.save(update_fields=["ended_at", "prolong_to", "mentor_proposed"])
    for one in (pair.mentor, pair.mentee):
        sending.send(
            one,
            kind,
            key=f"growth/mentoring_pair/{pair.pk}/over/{one.pk}",
            pair=pair,
            other=pair.the_other(one),
        )


def _held(pair: MentoringPair) -> MentoringPair:
    hold(pair.mentor, pair.mentee)
    pairs = MentoringPair.objects.select_related("circle", "mentor", "mentee")
    return still_there(pairs.filter(pk=pair.pk))


def _take(pair: MentoringPair, by: Person, *, active: bool = False) -> MentoringPair:
    found = _held(pair)
    if by.pk not in (found.mentor_id, found.mentee_id):
        raise PermissionDenied
    presence.hold(by)
    if active and not found.is_active():
        raise Refusal(_("It has ended. What you wrote for yourself stays."))
    return found
