"""Buddies: somebody new asks for one, and somebody who knows the way says yes. Nobody is assigned.

Until then neither learns the other's name: being new is nobody's news. Whoever cannot come any
more is nobody's buddy, and others are asked again.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.coming import seats
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.queries import first_timers, has_been_to
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

# So many are asked at once; whoever reads it first may say yes.
ASKED_AT_ONCE = 5


@transaction.atomic
def ask(gathering: Gathering, person: Person) -> Rsvp:
    """Ask for a buddy: for somebody with a seat who comes for the first time. Twice is once."""
    gathering = seats.lock(gathering)
    rsvp = gathering.rsvps.going().filter(person=person).first()
    if rsvp is None or gathering.has_begun() or has_been_to(gathering, person):
        raise Refusal(_("A buddy is for those who come for the first time, until it begins."))
    if not rsvp.wants_buddy:
        rsvp.wants_buddy = True
        rsvp.save(update_fields=["wants_buddy"])
        journal.record("rsvp.changed", rsvp, by=person)
        _ask_around(gathering, rsvp)
    return rsvp


@transaction.atomic
def ask_no_more(gathering: Gathering, person: Person) -> None:
    """Come without one after all; whoever had said yes is told nothing of the reason."""
    gathering = seats.lock(gathering)
    gathering.rsvps.filter(person=person, wants_buddy=True).update(wants_buddy=False, buddy=None)


@transaction.atomic
def say_yes(gathering: Gathering, person: Person) -> Rsvp:
    """Be the buddy of whoever has waited longest for one; both then read each other's name."""
    gathering = seats.lock(gathering)
    rsvp = waiting_for(gathering, person).select_related("person").first()
    if rsvp is None or gathering.has_begun():
        raise Refusal(_("Nobody waits for a buddy any more. Thank you for asking."))
    rsvp.gathering, rsvp.buddy = gathering, person
    rsvp.save(update_fields=["buddy"])
    journal.record("rsvp.buddy_found", rsvp, by=person)
    for reader, other in ((rsvp.person, person), (person, rsvp.person)):
        key = f"gatherings/buddy_found/{rsvp.pk}/{person.pk}/{reader.pk}"
        sending.send(reader, "gatherings/buddy_found", key=key, gathering=gathering, other=other)
    return rsvp


def waiting_for(gathering: Gathering, person: Person) -> QuerySet[Rsvp]:
    """Who waits for a buddy this person could be: they come, know the way, and would rather not avoid each other."""
    none = Rsvp.objects.none()
    comes = gathering.rsvps.going().filter(person=person).exists()
    if not comes or not has_been_to(gathering, person):
        return none
    waiting = gathering.rsvps.going().filter(wants_buddy=True, buddy=None).exclude(person=person)
    people = set(waiting.values_list("person", flat=True))
    apart = silence.pairs_among({*people, person.pk}) if people else []
    avoided = {pk for pair in apart if person.pk in pair for pk in pair}
    return waiting.exclude(person__in=avoided).order_by("answered_at", "pk")


def find_another(rsvp: Rsvp) -> None:
    """After somebody withdrew: those they would have been a buddy of wait again, and others are asked."""
    Rsvp.objects.filter(pk=rsvp.pk).update(wants_buddy=False, buddy=None)
    left = rsvp.gathering.rsvps.going().filter(buddy=rsvp.person_id)
    for one in left.select_related("person"):
        Rsvp.objects.filter(pk=one.pk).update(buddy=None)
        _ask_around(rsvp.gathering, one)


def _ask_around(gathering: Gathering, rsvp: Rsvp) -> None:
    """Write to some who come and know the way; the mail names nobody."""
    new = first_timers(gathering)
    known = gathering.rsvps.going().exclude(person__in=new).exclude(person=rsvp.person_id)
    busy = Rsvp.objects.filter(gathering=gathering, buddy=OuterRef("person"))
    apart = silence.pairs_among({rsvp.person_id, *known.values_list("person", flat=True)})
    avoided = {pk for pair in apart if rsvp.person_id in pair for pk in pair}
    free = known.exclude(Exists(busy)).exclude(person__in=avoided).select_related("person")
    for one in free.order_by("answered_at", "pk")[:ASKED_AT_ONCE]:
        key = f"gatherings/buddy_wanted/{rsvp.pk}/{one.person_id}"
        sending.send(one.person, "gatherings/buddy_wanted", key=key, gathering=gathering)
