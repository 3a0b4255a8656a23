"""What circles hold of a person, and what becomes of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle, Import, Invitation, Membership
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, delete, obstacle, rule, words_of_others
from peerhood.platform import stamps

NOT_ADDED_YET = (Import.State.PREVIEW, Import.State.FAILED)


@obstacle
def last_organiser(person: Person) -> Iterator[str]:
    """A circle with others in it is handed over first. The circles stay locked, so that two cannot leave at once."""
    organised = Membership.objects.organising().filter(person=person).values("circle")
    for circle in Circle.objects.filter(pk__in=organised).select_for_update(no_key=True).order_by("pk"):
        others = circle.memberships.inside().exclude(person=person)
        if others.exists() and not others.organising().exists():
            yield _("%(circle)s needs an organiser: make somebody else one first.") % {"circle": circle}


def leave(rows: Rows) -> None:
    """Be in no circle any more, in no role; what lists said of the person goes, applications and invitations too.

    What they did in a circle hangs on them, not on their membership, so none has to stay.
    """
    circles = Circle.objects.filter(pk__in=rows.all().order_by().values("circle"))
    list(circles.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    Invitation.objects.filter(membership__in=rows.all().order_by()).delete()
    for membership in rows.all().select_related("circle", "person"):
        if membership.is_inside():
            membership.state = Membership.State.LEFT
            journal.record("membership.left", membership)
            stamps.bump(f"circles/{membership.circle.slug}")
    rows.all().delete()


def take_back_invitations(rows: Rows) -> None:
    """Nobody is asked in any more in this person's name.

    Whom their list put in a circle keeps the list's words, so that no profile opens that its owner has not opened.
    """
    asked = rows.all().filter(membership__state=Membership.State.INVITED)
    memberships = list(asked.values_list("membership", flat=True))
    refused = rows.all().filter(membership__state=Membership.State.DECLINED)
    asked.delete()
    refused.delete()
    Membership.objects.invited().filter(pk__in=memberships, invitations=None).delete()


@words_of_others
def forget_in_lists(person: Person, addresses: list[str]) -> None:
    """Take the person out of member lists that nobody has said yes to yet."""
    for member_list in Import.objects.filter(state__in=NOT_ADDED_YET).exclude(by=person):
        kept = [row for row in member_list.rows if not _names(row, addresses)]
        if len(kept) < len(member_list.rows):
            before = member_list.rows[: member_list.done_count]
            member_list.done_count -= sum(_names(row, addresses) for row in before)
            member_list.rows, member_list.total_count = kept, len(kept)
            member_list.save(update_fields=["rows", "done_count", "total_count"])


def _names(kept: dict[str, Any], addresses: list[str]) -> bool:
    return kept.get("row", {}).get("email", "").lower() in {address.lower() for address in addresses}


def _as_listed(membership: Membership, _person: Person) -> list[str]:
    said = membership.invitations.order_by("pk").values_list("name", "address", "title", "employer", "town")
    return [", ".join(filter(None, words)) for words in said]


rule(
    Membership,
    "person",
    "memberships",
    {
        "circle": "circle.name",
        "role": "role",
        "state": "state",
        "member_since": "joined_on",
        "contact_person": "is_contact",
        "sits_with_competitors": "sits_with_competitors",
        "as_an_organiser_listed_me": _as_listed,
    },
    erase=leave,
)
rule(
    Invitation,
    "by",
    "invitations_i_wrote",
    {"circle": "membership.circle.name", "name": "name", "address": "address", "at": "created_at"},
    erase=take_back_invitations,
)
rule(
    Import,
    "by",
    "member_lists_i_read_in",
    {"circle": "circle.name", "file": "file_name", "at": "created_at", "state": "state"},
    erase=delete,
)
