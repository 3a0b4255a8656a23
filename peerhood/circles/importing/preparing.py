"""Prepare: read a list in and say what would happen. Nothing is written but the preview itself."""

from collections import defaultdict
from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from peerhood.circles.importing import preview, reading, sheets
from peerhood.circles.importing.preview import Fate, Known, Standing
from peerhood.circles.importing.rows import plain
from peerhood.circles.models import Circle, Import, Invitation, Membership, MembershipQuerySet
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person


@transaction.atomic
def prepare(circle: Circle, content: bytes, *, by: Person, file_name: str = "") -> Import:
    """Keep a preview of a list; raise ImportProblem when it cannot be read."""
    if not may(by, Power.IMPORT, circle):
        raise PermissionDenied
    sheet = sheets.sheet_of(reading.text_of(content))
    plan = preview.planned(sheet, known_to(by, circle))
    return circle.imports.create(
        by=by,
        file_name=reading.tidy(file_name)[:200],
        source=sheet.format.source,
        rows=[one.kept() for one in plan],
        total_count=len(plan),
        outcome={
            "planned": preview.counts(one.fate for one in plan),
            "unread": sheet.unread_columns()[:40],
            "with_address": sum(one.fate == Fate.INVITE and bool(one.row.email) for one in plan),
        },
    )


@transaction.atomic
def cancel(member_list: Import, *, by: Person) -> None:
    """Throw a preview away, with everything the list said. One that is running goes on."""
    if member_list.by_id != by.pk:
        raise PermissionDenied
    Import.objects.filter(pk=member_list.pk, state=Import.State.PREVIEW).delete()


def known_to(organiser: Person, circle: Circle, among: Collection[int] | None = None) -> Known:
    """Whom an organiser may know this circle to have, and by what each is recognised.

    ``among`` narrows it to some memberships, by id.

    Somebody whom a list put here is recognised by the address on that list alone: to
    match the other addresses of their account would tell that it is one account.
    """
    known = Known()
    memberships = circle.memberships.known_to(organiser)
    if among is not None:
        memberships = memberships.filter(pk__in=among)
    said_of, proven = _said_of(memberships, organiser), _proven_addresses(memberships)
    fields = ("pk", "person_id", "role", "state", "joined_on", "import_key", "person__name", "person__email")
    # Rows, not objects: of a large circle, five thousand are read at once.
    for pk, person_id, role, state, joined_on, key, name, email in memberships.values_list(*fields):
        standing = Standing(role, state, joined_on.isoformat(), pk)
        if key:
            known.by_key[key] = standing
        if said := said_of.get(pk):
            addresses, names = {one.address for one in said}, [one.name for one in said]
        else:
            addresses, names = {email or "", *proven.get(person_id, ())}, [name]
        known.names.update(map(plain, names))
        known.by_address |= {address: standing for address in addresses if address}
    return known


def _said_of(memberships: MembershipQuerySet, organiser: Person) -> dict[int, list[Invitation]]:
    """What lists say of those whose yes is awaited: the organiser's own list, or anybody's where they are in."""
    said: dict[int, list[Invitation]] = defaultdict(list)
    visible = Q(by=organiser) | Q(membership__state__in=Membership.INSIDE)
    for invitation in Invitation.objects.filter(visible, membership__in=memberships.order_by()):
        said[invitation.membership_id].append(invitation)
    return said


def _proven_addresses(memberships: MembershipQuerySet) -> dict[int, list[str]]:
    proven: dict[int, list[str]] = defaultdict(list)
    found = EmailAddress.objects.filter(verified=True, user__memberships__in=memberships.order_by())
    for person_id, address in found.values_list("user_id", "email"):
        proven[person_id].append(address.lower())
    return proven
