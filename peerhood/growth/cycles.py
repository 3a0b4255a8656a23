"""Keep the cycle of a certification, and take it away."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.growth.models import Cycle
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


@transaction.atomic
def keep(cycle: Cycle, *, by: Person) -> Cycle:
    """A new one, or other days."""
    if cycle.person_id != by.pk:
        raise PermissionDenied
    try:
        with transaction.atomic():
            cycle.save()
    except IntegrityError:
        raise Refusal(_("You have a cycle from that day for this certification.")) from None
    journal.record("cycle.kept", cycle, by=by)
    return cycle


@transaction.atomic
def remove(cycle: Cycle, *, by: Person) -> None:
    """The hours stay."""
    if cycle.person_id != by.pk:
        raise PermissionDenied
    journal.record("cycle.removed", cycle, by=by)
    cycle.delete()
