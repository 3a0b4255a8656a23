"""Offering: whoever runs a gathering says that it gives certificates, and what stands on them.

Only where its level, and its circle, let a calendar say what it is. Elsewhere there is none: learning outcomes
say what it was about, which is what stays in the room, and a certificate without them says nothing. Hours of
such a gathering can still be counted.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.growth.models import CertificateOffer
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal


def may_give(gathering: Gathering) -> bool:
    """May what is printed say what it was?"""
    return not gathering.is_cancelled() and not gathering.is_discreet_on(Surface.CALENDAR_DETAILS)


@transaction.atomic
def offer(gathering: Gathering, *, by: Person, **said: Any) -> CertificateOffer:
    """Give certificates, or put other words on those to come: what was issued stays as it is."""
    if not can_host(by, gathering):
        raise PermissionDenied
    if not may_give(gathering):
        raise Refusal(_("What this gathering is about stays with those who were there, so it gives no certificates."))  # fmt: skip
    found, _is_new = CertificateOffer.objects.update_or_create(gathering=gathering, defaults=said)
    journal.record("certificates.offered", gathering, by=by)
    return found


@transaction.atomic
def stop(gathering: Gathering, *, by: Person) -> None:
    """Give none from now on. Twice is once."""
    if not can_host(by, gathering):
        raise PermissionDenied
    deleted, _of_which = CertificateOffer.objects.filter(gathering=gathering).delete()
    if deleted:
        journal.record("certificates.stopped", gathering, by=by)
