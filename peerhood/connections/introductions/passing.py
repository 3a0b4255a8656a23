"""Passing on: whoever is asked passes the wish on with a line of their own, or quietly not.

In either case nobody is told. And where it would bring together two of whom one would rather not, or who keep each
other already, it goes as far as the one who passed it on, and no further: they cannot tell, and nor can the asker.
"""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.connections.introductions import queries
from peerhood.connections.introductions.asking import held, key_of, settle
from peerhood.connections.models import Connection, Introduction
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import NoLongerThere, Refusal

State = Introduction.State


@transaction.atomic
def pass_on(introduction: Introduction, person: Person, to: Person, *, line: str = "") -> Introduction:
    """Pass it on to somebody one keeps; they get a mail."""
    introduction = _in_hand(introduction, person)
    if introduction.is_passed_on() and introduction.passed_to_id == to.pk:
        return introduction
    if not introduction.is_open():
        raise Refusal(_("This wish is not open any more."))
    if not queries.may_be_passed_to(introduction).filter(pk=to.pk).exists():
        raise PermissionDenied
    said = {"passed_to": to, "line": line.strip()}
    if not _may_reach(introduction, to):
        settle(introduction, State.HELD, **said)
        return introduction
    settle(introduction, State.PASSED, target=to, **said)
    sending.send(
        to,
        "connections/introduction_passed",
        key=f"{key_of(introduction)}passed",
        introduction=introduction,
        other=introduction.asker,
        by=person,
    )
    return introduction


@transaction.atomic
def leave(introduction: Introduction, person: Person) -> Introduction:
    """Quietly not. The asker reads what they read before."""
    introduction = _in_hand(introduction, person)
    if introduction.state == State.LEFT:
        return introduction
    if not introduction.is_open():
        raise Refusal(_("This wish is not open any more."))
    settle(introduction, State.LEFT)
    return introduction


@transaction.atomic
def hold_back(introduction: Introduction) -> None:
    """It reaches whom it reached no more, if one of the three would rather not now. Nobody is told."""
    introduction = held(introduction)
    if introduction.state == State.PASSED and _are_apart(introduction, introduction.target_id):
        settle(introduction, State.HELD)


def hold_back_from_the_silenced(owner: Person) -> None:
    passed = Introduction.objects.filter(state=State.PASSED).select_related("asker", "go_between", "target")
    for field in ("asker", "go_between", "target"):
        for introduction in passed.filter(**{field: owner}).order_by("pk"):
            with suppress(NoLongerThere):
                hold_back(introduction)


def _in_hand(introduction: Introduction, person: Person) -> Introduction:
    introduction = held(introduction)
    if person.pk != introduction.go_between_id:
        raise PermissionDenied
    presence.hold(person)
    if not queries.to_pass_on(person).filter(pk=introduction.pk).exists():
        raise Refusal(_("This wish is not open any more."))
    return introduction


def _may_reach(introduction: Introduction, to: Person) -> bool:
    asker = introduction.asker
    before = Introduction.objects.lately(asker).filter(target=to).exclude(pk=introduction.pk)
    return not (
        _are_apart(introduction, to.pk)
        or before.exists()
        or Connection.objects.of(asker).between(asker, to).exists()
        or not presence.is_here(to)
    )


def _are_apart(introduction: Introduction, to_id: int | None) -> bool:
    trio = [pk for pk in (introduction.asker_id, introduction.go_between_id, to_id) if pk is not None]
    return bool(silence.pairs_among(trio))
