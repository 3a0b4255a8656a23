"""Choosing: where organisers say yes to each answer, or choose who of those waiting gets a place.

To be eligible, to wait and to have a place are different facts. Whoever is said yes to stands in the
line where they came into it, be that before others who were said yes to earlier. Where organisers
choose, they write down why, and the journal keeps it.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.coming import line, seats
from peerhood.gatherings.models import Gathering, Policy, Rsvp
from peerhood.gatherings.permissions import can_host
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@transaction.atomic
def approve(rsvp: Rsvp, *, by: Person) -> Rsvp:
    """Say yes to somebody's answer: they get a place nobody waits for, or keep theirs in the line. Twice is once."""
    gathering, rsvp = _lock(rsvp, by)
    if not rsvp.is_applied():
        return rsvp
    is_free = seats.is_free_for_all(gathering, rsvp.part)
    rsvp.eligible_at = now()
    rsvp.save(update_fields=["eligible_at"])
    journal.record("rsvp.approved", rsvp, by=by)
    if is_free:
        line.give(rsvp, "gatherings/seated", by=by)
    else:
        line.write(rsvp, "gatherings/approved")
        line.move_up(gathering)
    seats.keep(gathering)
    return rsvp


@transaction.atomic
def refuse(rsvp: Rsvp, *, by: Person) -> Rsvp:
    """Say no to somebody who waits. They hear it kindly, and cannot ask again for this gathering."""
    gathering, rsvp = _lock(rsvp, by)
    if not rsvp.is_waiting():
        raise Refusal(_("%(name)s does not wait for a place any more.") % {"name": rsvp.person})
    rsvp.status = Rsvp.Status.REFUSED
    rsvp.save(update_fields=["status"])
    journal.record("rsvp.refused", rsvp, by=by)
    line.write(rsvp, "gatherings/refused")
    seats.keep(gathering)
    return rsvp


@transaction.atomic
def choose(rsvp: Rsvp, reason: str, *, by: Person) -> Rsvp:
    """Give a free place to one of those waiting, before others who waited longer, and write down why."""
    gathering, rsvp = _lock(rsvp, by)
    if gathering.policy != Policy.BY_CHOICE:
        raise Refusal(_("Here places go by the line. To choose yourself, change who gets a place first."))
    if not reason.strip():
        raise Refusal(_("Write down why: whoever asks later can read it."))
    if not rsvp.is_waiting():
        raise Refusal(_("%(name)s does not wait for a place any more.") % {"name": rsvp.person})
    if not gathering.free_in(rsvp.part):
        raise Refusal(_("Every place is taken. Add one first."))
    rsvp.eligible_at = rsvp.eligible_at or now()
    journal.record("rsvp.chosen", rsvp, by=by, reason=reason.strip())
    line.pass_on(rsvp, by=by)
    seats.keep(gathering)
    return rsvp


def _lock(rsvp: Rsvp, by: Person) -> tuple[Gathering, Rsvp]:
    """The answer as it stands, read under the gathering's lock, for somebody who runs the gathering."""
    gathering = seats.lock(rsvp.gathering)
    if not can_host(by, gathering):
        raise PermissionDenied
    if not gathering.takes_answers():
        raise Refusal(_("This gathering takes no answers any more."))
    line.settle(gathering)
    rsvp = Rsvp.objects.select_related("person").get(pk=rsvp.pk)
    rsvp.gathering = gathering
    return gathering, rsvp
