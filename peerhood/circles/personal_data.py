"""What circles hold of a person, and what becomes of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import (
    Acceptance,
    Agreement,
    Application,
    BulkChange,
    Circle,
    Import,
    Invitation,
    InvitationLink,
    Membership,
    Removal,
    Report,
    Seed,
    SeedAnswer,
)
from peerhood.circles.seeding import ending
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, delete, keep, let_go, obstacle, rule, words_of_others
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


def end_seeds(rows: Rows) -> None:
    """What grows ends, and whoever said yes hears of it as of any end; a circle that came of one stays."""
    for seed in rows.all():
        if seed.state == Seed.State.GROWING:
            ending.end(seed, by=rows.person)
    rows.all().delete()


def _applications(membership: Membership, _person: Person) -> list[str]:
    return [
        "; ".join(filter(None, [one.route, *(f"{asked} {said}" for asked, said in one.answers)]))
        for one in membership.applications.order_by("pk")
    ]


def _removals(membership: Membership, _person: Person) -> list[str]:
    return list(membership.removals.order_by("pk").values_list("reason", flat=True))


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
        "my_applications": _applications,
        "why_i_was_taken_off": _removals,
    },
    erase=leave,
)
rule(
    Membership,
    "greeter",
    "newcomers_i_welcome",
    {"circle": "circle.name", "who": "person", "came_at": "came_at", "written_at": "greeted_at"},
    erase=let_go,
)
rule(
    Application,
    "answered_by",
    "applications_i_answered",
    {"circle": "membership.circle.name", "answer": "outcome", "reason": "reason", "at": "answered_at"},
    erase=let_go,
)
rule(
    Removal,
    "by",
    "whom_i_took_off_a_list",
    {"circle": "membership.circle.name", "reason": "reason", "at": "at"},
    erase=let_go,
)
rule(
    Agreement,
    "by",
    "agreements_i_wrote",
    {"circle": "circle.name", "version": "version", "text": "text", "at": "written_at"},
    erase=let_go,
)
rule(
    Acceptance,
    "person",
    "what_i_agreed_to",
    {
        "circle": "agreement.circle.name",
        "version": "agreement.version",
        "text": "agreement.text",
        "at": "accepted_at",
    },
    erase=delete,
)
rule(
    InvitationLink,
    "by",
    "invitation_links_i_made",
    {
        "circle": "circle.name",
        "note": "note",
        "used": "used_count",
        "until": "expires_at",
        "at": "created_at",
    },
    erase=delete,
)
rule(
    BulkChange,
    "by",
    "what_i_changed_for_many",
    {"circle": "circle.name", "what": "act", "at": "done_at"},
    erase=delete,
)
rule(
    Report,
    "by",
    "what_i_reported",
    {"circle": "circle.name", "about": "about", "text": "text", "at": "created_at"},
    # The organisers may still have to act on it; it is from a former member then.
    erase=keep,
)
rule(Report, "about", unsaid="It is the reporter's word to the organisers.", erase=delete)
rule(
    Report,
    "closed_by",
    "reports_i_closed",
    {"circle": "circle.name", "outcome": "outcome", "at": "closed_at"},
    erase=let_go,
)
rule(
    Seed,
    "planter",
    "seeds_i_planted",
    {"name": "name", "purpose": "purpose", "opens_at": "threshold", "state": "state", "at": "created_at"},
    erase=end_seeds,
)
rule(
    SeedAnswer,
    "person",
    "seeds_i_said_yes_to",
    {"name": "seed.name", "purpose": "seed.purpose"},
    erase=delete,
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
