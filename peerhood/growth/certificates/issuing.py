"""Issuing: whoever was there fetches theirs, once; withdrawing it, and putting it in force again.

Nothing is issued unasked: who fetched one is known to nobody else, and there is no list for those who run the
gathering. They can take one back that was shown to them, by its id and with a reason, and its holder is told.
"""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.growth.certificates.offering import may_give
from peerhood.growth.models import Certificate, CertificateOffer
from peerhood.growth.recording import was_there
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal, still_there


@transaction.atomic
def issue(gathering: Gathering, *, by: Person) -> Certificate:
    """For whoever was checked in, when it is over. Whoever asks again gets the same one."""
    if not was_there(by, gathering):
        raise PermissionDenied
    if mine := Certificate.objects.filter(holder=by, gathering=gathering).first():
        return mine
    offered = CertificateOffer.objects.filter(gathering=gathering).first()
    if offered is None or not may_give(gathering):
        raise Refusal(_("This gathering gives no certificates."))
    if not by.name.strip():
        raise Refusal(_("A certificate bears your name. Say it on your profile first."))
    printed = {
        "name": by.name,
        "title": offered.title,
        "outcomes": offered.outcomes,
        "quarters": offered.quarters,
        "provider": gathering.circle.name,
        "day": gathering.starts_at.astimezone(gathering.zone).date(),
        "language": gathering.circle.language,
        "achievement_uid": offered.uid,
    }
    certificate, is_new = Certificate.objects.get_or_create(holder=by, gathering=gathering, defaults=printed)
    if is_new:
        journal.record("certificate.issued", certificate, by=by)
    return certificate


@transaction.atomic
def withdraw(certificate: Certificate, *, by: Person) -> None:
    """The holder wants it to be valid no more, and says no reason. Twice is once."""
    certificate = _held(certificate, by)
    if certificate.is_valid:
        certificate.withdrawn_at = now()
        certificate.save(update_fields=["withdrawn_at"])
        journal.record("certificate.withdrawn", certificate, by=by)


@transaction.atomic
def put_in_force(certificate: Certificate, *, by: Person) -> None:
    """What its holder withdrew is valid again; what was taken back is not theirs to give."""
    certificate = _held(certificate, by)
    if certificate.was_taken_back:
        raise Refusal(_("Those who ran the gathering have taken it back. Ask them."))
    if not certificate.is_valid:
        certificate.withdrawn_at = None
        certificate.save(update_fields=["withdrawn_at"])
        journal.record("certificate.put_in_force", certificate, by=by)


@transaction.atomic
def take_back(gathering: Gathering, uid: str, reason: str, *, by: Person) -> None:
    """One that was shown to them, by its id; it is no way to learn who has one."""
    if not can_host(by, gathering):
        raise PermissionDenied
    key = _uid(uid)
    theirs = gathering.certificates.select_for_update(of=("self",)).select_related("holder")
    certificate = theirs.filter(uid=key).first() if key else None
    if certificate is None:
        raise Refusal(_("No certificate of this gathering has this id."))
    if certificate.was_taken_back:
        raise Refusal(_("It was taken back already."))
    certificate.withdrawn_at = certificate.withdrawn_at or now()
    certificate.withdrawn_with = reason
    certificate.save(update_fields=["withdrawn_at", "withdrawn_with"])
    journal.record("certificate.taken_back", certificate, by=by)
    sending.send(
        certificate.holder,
        "growth/certificate_taken_back",
        key=f"certificates/{certificate.pk}/taken-back",
        gathering=gathering,
        reason=reason,
    )


def refuse_withdrawn(certificate: Certificate) -> None:
    """A file of one that is valid no more would mislead whoever is shown it."""
    if not certificate.is_valid:
        raise Refusal(_("This certificate is withdrawn, so there is no file of it."))


def _held(certificate: Certificate, by: Person) -> Certificate:
    if certificate.holder_id != by.pk:
        raise PermissionDenied
    return still_there(Certificate.objects.select_for_update().filter(pk=certificate.pk))


def _uid(said: str) -> uuid.UUID | None:
    """As it was printed, with or without dashes.

    >>> _uid(" 12345678-1234-4234-8234-123456789abc ") == _uid("12345678123442348234123456789ABC")
    True
    >>> _uid("none")
    """
    try:
        return uuid.UUID(said.strip())
    except ValueError:
        return None
