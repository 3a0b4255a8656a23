"""Wishes: what somebody who comes may tell the hosts, and who reads their name.

What one eats and needs stands in a row of its own, is read by those who run the gathering,
and is forgotten thirty days after. So are the names of guests.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.coming import seats
from peerhood.gatherings.models import Gathering, Needs, Rsvp
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

KEPT_FOR = timedelta(days=30)


@transaction.atomic
def say(
    gathering: Gathering,
    person: Person,
    *,
    shown_to: str,
    wants_job: bool = False,
    quiet_start: bool = False,
    diet: str = "",
    access: str = "",
) -> Rsvp:
    """Write down the wishes of somebody who holds a place, in place of earlier ones."""
    gathering = seats.lock(gathering)
    rsvp = gathering.rsvps.held().filter(person=person).first()
    if rsvp is None or gathering.is_over():
        raise Refusal(_("This is for those who come. Take a place first."))
    rsvp.shown_to, rsvp.wants_job, rsvp.quiet_start = shown_to, wants_job, quiet_start
    rsvp.save(update_fields=["shown_to", "wants_job", "quiet_start"])
    if diet or access:
        Needs.objects.update_or_create(rsvp=rsvp, defaults={"diet": diet, "access": access})
    else:
        Needs.objects.filter(rsvp=rsvp).delete()
    # That something was said is written down, and never what.
    journal.record("rsvp.changed", rsvp, by=person)
    seats.keep(gathering)
    return rsvp


def forget_old() -> None:
    """A month after a gathering nobody has to know any more what somebody ate, or whom they brought."""
    long_ago = now() - KEPT_FOR
    Needs.objects.filter(rsvp__gathering__ends_at__lt=long_ago).delete()
    Rsvp.objects.filter(gathering__ends_at__lt=long_ago).exclude(guest_names=[]).update(guest_names=[])


def to_cook_for(gathering: Gathering) -> list[Needs]:
    """What those with a seat eat and need, for those who run the gathering."""
    needs = Needs.objects.filter(rsvp__gathering=gathering, rsvp__status=Rsvp.Status.GOING)
    return list(needs.select_related("rsvp__person").order_by("rsvp__person__name", "rsvp"))
