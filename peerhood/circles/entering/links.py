"""Links: an organiser gives an invitation away, and whoever has it may come in.

A link is 128 bits of chance. We keep its SHA-256; whoever made it is shown it once. It
ends on a day, after so many uses, when its maker takes it back, and when its maker
organises no longer. A link may be written to one address: then whoever has proven that
address joins at once, and anybody it was forwarded to can ask to join, and the
organisers see whose invitation it was. Of the address we keep a hash under our own key.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from peerhood import journal
from peerhood.circles.entering import agreeing, applying, joining
from peerhood.circles.models import Application, Circle, InvitationLink, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

TOKEN_BYTES = 16
MOST_USES = 100
MOST_DAYS = 90


class LinkGone(Refusal):
    """There is no such link, or it has run out. Both are answered alike."""


@transaction.atomic
def make(
    circle: Circle, *, by: Person, address: str = "", most_uses: int = 1, days: int = 14, note: str = ""
) -> tuple[InvitationLink, str]:
    """Make a link; return it with its token, which nobody can be shown again."""
    circle = Circle.objects.locked(circle)
    if not may(by, Power.INVITE, circle):
        raise PermissionDenied
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = circle.invitation_links.create(
        by=by,
        token_digest=digest_of(token),
        address_digest=_digest_of_address(address) if address else "",
        note=note,
        most_uses=1 if address else min(max(most_uses, 1), MOST_USES),
        expires_at=now() + timedelta(days=min(max(days, 1), MOST_DAYS)),
    )
    journal.record("link.made", link, by=by)
    return link, token


@transaction.atomic
def revoke(link: InvitationLink, *, by: Person) -> None:
    """Take a link back. Only its maker knows of it; who came by it stays."""
    if link.by_id != by.pk:
        raise PermissionDenied
    if InvitationLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now()):
        journal.record("link.revoked", link, by=by)


def find(token: str) -> InvitationLink:
    """The open link with this token.

    Errors:
        LinkGone: there is none, or it has run out.
    """
    link = InvitationLink.objects.select_related("circle", "by").filter(token_digest=digest_of(token)).first()
    if link is None or not is_open(link):
        raise LinkGone
    return link


def is_open(link: InvitationLink) -> bool:
    return link.state == InvitationLink.State.OPEN and may(link.by, Power.INVITE, link.circle)


@transaction.atomic
def follow(
    link: InvitationLink,
    person: Person,
    *,
    agreed_to: int | None = None,
    route: str = "",
    answers: Sequence[str] = (),
) -> Membership:
    """Say yes to an invitation: join at once, or, where it is not one's own, ask to join.

    Errors:
        LinkGone: somebody else took the last use, or it ran out, since the page was shown.
    """
    circle = Circle.objects.locked(link.circle)
    link = InvitationLink.objects.select_related("circle", "by").get(pk=link.pk)
    membership = joining.membership_in(circle, person)
    if membership.is_inside():
        return membership
    if not is_open(link):
        raise LinkGone
    if not lets_in(link, person, membership):
        if membership.state == Membership.State.APPLIED:
            return membership
        agreeing.keep_yes(circle, person, agreed_to)
        return applying.ask(membership, route=route, answers=answers, link=link)
    agreeing.keep_yes(circle, person, agreed_to)
    link.used_count += 1
    link.save(update_fields=["used_count"])
    return joining.let_in(membership, "membership.joined", by=person, link=link.pk)


def lets_in(link: InvitationLink, person: Person, membership: Membership | None) -> bool:
    """Whether this person joins by it at once.

    A link for everybody does not undo what the organisers said of one person; a link to
    that person's own address does.
    """
    if link.is_addressed:
        proven = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
        return any(_is_same(link.address_digest, _digest_of_address(address)) for address in proven)
    return not (joining.is_removed(membership) or _is_turned_down(membership))


def _is_turned_down(membership: Membership | None) -> bool:
    """The organisers said no to their last application; a no of their own to a list is another matter."""
    if membership is None or membership.state != Membership.State.DECLINED:
        return False
    last = membership.applications.first()
    return last is not None and last.outcome == Application.Outcome.DECLINED


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _digest_of_address(address: str) -> str:
    """Keyed: without our secret key nobody can try addresses against it."""
    plain = address.strip().lower()
    return salted_hmac("peerhood.circles.entering.links", plain, algorithm="sha256").hexdigest()


def _is_same(one: str, other: str) -> bool:
    return secrets.compare_digest(one, other)
