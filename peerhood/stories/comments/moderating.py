"""Moderating: let through, refuse, hide with a reason, show again. The story's author and the circle's organisers."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal
from peerhood.stories.comments import telling
from peerhood.stories.comments.commenting import locked
from peerhood.stories.comments.permissions import can_moderate
from peerhood.stories.models import Comment

State = Comment.State


@transaction.atomic
def let_through(comment: Comment, *, by: Person) -> None:
    """Show what was held; a guest's address is forgotten in the same moment. Twice is once."""
    comment = _take(comment, by)
    if not comment.is_held():
        return
    address, comment.guest_address = comment.guest_address, ""
    comment.state = State.SHOWN
    comment.save(update_fields=["state", "guest_address"])
    journal.record("comment.let_through", comment, by=by)
    if address and comment.is_told:
        telling.tell_guest(comment, address)
    telling.tell_followers(comment)
    stamps.bump("stories")


@transaction.atomic
def refuse(comment: Comment, *, by: Person) -> None:
    """Do not show what was held: nothing of it is kept, and nobody is written to."""
    comment = _take(comment, by)
    if not comment.is_held():
        raise Refusal(_("Somebody has let it through already. You can hide it, with a reason."))
    journal.record("comment.refused", comment.story, by=by)
    comment.delete()


@transaction.atomic
def hide(comment: Comment, reason: str, *, by: Person) -> None:
    """Take what was said out of sight; the reason stands in its place."""
    comment = _take(comment, by, not_own=True)
    if not comment.is_shown():
        raise Refusal(_("This comment is not shown any more."))
    comment.state, comment.hidden_reason = State.HIDDEN, reason
    comment.save(update_fields=["state", "hidden_reason"])
    _close_reports(comment)
    journal.record("comment.hidden", comment, by=by)
    stamps.bump("stories")


@transaction.atomic
def show(comment: Comment, *, by: Person) -> None:
    """Undo the hiding, or leave standing what was reported."""
    comment = _take(comment, by, not_own=True)
    if comment.is_hidden() and comment.text:
        comment.state, comment.hidden_reason = State.SHOWN, ""
        comment.save(update_fields=["state", "hidden_reason"])
    elif not comment.is_shown():
        raise Refusal(_("Its words are not there any more."))
    _close_reports(comment)
    journal.record("comment.shown", comment, by=by)
    stamps.bump("stories")


def _close_reports(comment: Comment) -> None:
    comment.reports.filter(closed_at=None).update(closed_at=now())


def _take(comment: Comment, by: Person, *, not_own: bool = False) -> Comment:
    comment = locked(comment)
    if not can_moderate(by, comment.story):
        raise PermissionDenied
    # Nobody judges what was said of their own words.
    if not_own and comment.author_id == by.pk:
        raise Refusal(_("It is your own: take it back."))
    return comment
