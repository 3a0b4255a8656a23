"""Standing: somebody comes to every gathering of a series, and says so once.

Each gathering is answered for them when it is announced, in the order in which they began to
stand; they hear of it as of any answer. A no to one date is that date's, and they stand on.
"""

from collections.abc import Iterable
from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.permissions import is_inside
from peerhood.gatherings import rsvp
from peerhood.gatherings.models import Gathering, Series, StandingRsvp
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@transaction.atomic
def stand(series: Series, person: Person) -> StandingRsvp:
    """Come to every one: those announced from now on, and those to come that they have not answered."""
    if not is_inside(person, series.circle):
        raise PermissionDenied
    standing, is_new = StandingRsvp.objects.get_or_create(series=series, person=person)
    if is_new:
        journal.record("standing.began", standing, by=person)
        to_come = series.gatherings.upcoming().filter(starts_at__gt=now()).exclude(rsvps__person=person)
        # All rows at once and in one order: an answer takes a row and then the stamps, which we hold from the first on.
        list(Gathering.objects.select_for_update().filter(pk__in=to_come.values("pk")).order_by("pk"))
        _answer(to_come, [person])
    return standing


@transaction.atomic
def stop(series: Series, person: Person) -> None:
    """Answer each one by oneself from now on; seats they have they keep."""
    if StandingRsvp.objects.filter(series=series, person=person).delete()[0]:
        journal.record("standing.ended", series, by=person)


def leave(person: Person, circle: Circle) -> None:
    """Whoever left the circle stands in its series no more."""
    StandingRsvp.objects.filter(series__circle=circle, person=person).delete()


def answer_for_all(gathering: Gathering) -> None:
    """Whoever stands in its series and has not answered comes, longest standing first; who may not is passed over."""
    if gathering.series:
        standing = gathering.series.standing_rsvps.select_related("person")
        _answer([gathering], [one.person for one in standing.exclude(person__rsvps__gathering=gathering)])


def _answer(gatherings: Iterable[Gathering], people: Iterable[Person]) -> None:
    for gathering in gatherings:
        for person in people:
            with suppress(PermissionDenied, Refusal):
                rsvp.attend(gathering, person)


def stands(person: Person, series: Series | None) -> bool:
    return (
        series is not None
        and person.is_authenticated
        and StandingRsvp.objects.filter(series=series, person_id=person.pk).exists()
    )
