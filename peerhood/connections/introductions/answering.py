"""Answering: whom it reached says yes, or quietly no.

A yes is the last of three: the asker gave theirs by asking, and whoever passed it on by passing it on. One letter goes
to all three, and the two keep each other from then on, as two do who both said that they met. Of a no nobody hears.
What led nowhere lapses on the day on which everything else would have, and is forgotten later.
"""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections import connecting
from peerhood.connections.introductions import letters, queries
from peerhood.connections.introductions.asking import held, settle
from peerhood.connections.models import Introduction
from peerhood.people import putting_away
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import NoLongerThere, Refusal

State = Introduction.State


@transaction.atomic
def accept(introduction: Introduction, person: Person) -> Introduction:
    """Say yes. All three get the letter; saying it twice says it once."""
    introduction = _reached(introduction, person)
    if introduction.is_agreed():
        return introduction
    if not introduction.is_passed() or not queries.to_answer(person).filter(pk=introduction.pk).exists():
        raise Refusal(_("This is not open any more."))
    settle(introduction, State.AGREED, ends_at=now())
    connecting.introduced(person, introduction.asker)
    letters.send_to_all(introduction)
    return introduction


@transaction.atomic
def decline(introduction: Introduction, person: Person) -> Introduction:
    """Quietly no. The asker is not suggested to them either."""
    introduction = _reached(introduction, person)
    if introduction.state == State.DECLINED:
        return introduction
    if not introduction.is_passed():
        raise Refusal(_("This is not open any more."))
    settle(introduction, State.DECLINED)
    putting_away.put_away(person, introduction.asker)
    return introduction


def lapse_all_due() -> None:
    """What led nowhere within its days is over, for all three alike. No mail tells of it."""
    over = Introduction.objects.over().select_related("asker", "go_between", "target").order_by("pk")
    for introduction in over:
        with suppress(NoLongerThere):
            lapse(introduction)


@transaction.atomic
def lapse(introduction: Introduction) -> None:
    """Whom the asker named is not suggested to them any more; why it led nowhere is forgotten."""
    introduction = held(introduction)
    if introduction.state not in Introduction.GOING_ON or introduction.ends_at > now():
        return
    settle(introduction, State.LAPSED)
    if introduction.wanted and presence.is_here(introduction.wanted):
        putting_away.put_away(introduction.asker, introduction.wanted)


def forget_old() -> None:
    """What led nowhere goes when no rule asks for it any more."""
    long_ago = now() - Introduction.LEFT_IN_PEACE
    led_nowhere = Introduction.objects.filter(state__in=(State.LAPSED, State.WITHDRAWN))
    led_nowhere.filter(ends_at__lt=long_ago).delete()


def _reached(introduction: Introduction, person: Person) -> Introduction:
    introduction = held(introduction)
    if person.pk != introduction.target_id:
        raise PermissionDenied
    presence.hold(person)
    return introduction
