"""Commenting: say something under a story, answer, change it for ten minutes, take it back, report.

Members of the circle are read at once; guests, and members of other circles, once a moderator has
let them through. A story told without names shows its comments without them, too, and the journal
does not say who wrote there.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.people.models import Person
from peerhood.platform import presence, stamps
from peerhood.platform.refusals import Refusal
from peerhood.stories.comments import holding, telling
from peerhood.stories.comments.holding import Said, Verdict
from peerhood.stories.comments.permissions import (
    can_edit_comment,
    can_moderate,
    is_own,
    speaks_at_once,
    takes_comments,
)
from peerhood.stories.models import Comment, CommentReport, Story

# Answers to answers to answers stand beside them: a phone has no room for more steps.
DEEPEST = 3
State = Comment.State


class Conflict(Refusal):
    """The same comment was changed from another device."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(_("You changed this comment elsewhere meanwhile."))
        self.comment = comment


@transaction.atomic
def write(story: Story, text: str, *, by: Person, reply_to: Comment | None = None) -> Comment | None:
    """Say something; None where it was dropped as spam. Pressing twice says it once."""
    presence.hold(by)
    story = _lock(story)
    said = Said(text, is_at_once=speaks_at_once(by, story))
    twice = (
        story.comments.filter(author=by, text=text, parent=_under(story, reply_to)).order_by("-pk").first()
    )
    if twice and twice.is_fresh() and twice.state in (State.SHOWN, State.HELD):
        return twice
    holding.refuse_flood(story, by=by)
    comment = _write(story, said, reply_to, author=by)
    if comment:
        record("comment.written", comment, by=by)
    return comment


@transaction.atomic
def write_as_guest(
    story: Story,
    text: str,
    *,
    name: str,
    address: str,
    is_told: bool = False,
    honey: str = "",
    reply_to: Comment | None = None,
) -> Comment | None:
    """Leave a word without an account: it waits for a moderator. None where it was dropped as spam."""
    story = _lock(story)
    address = address.strip().lower()
    holding.refuse_flood(story, by=None, address=address)
    guest = {"guest_name": name, "guest_address": address, "is_told": is_told}
    comment = _write(story, Said(text, name, honey=honey), reply_to, **guest)
    if comment:
        journal.record("comment.held", comment)
    return comment


def _write(story: Story, said: Said, reply_to: Comment | None, **whose: object) -> Comment | None:
    verdict = holding.weigh(said, holding.texts_lately(story) if not said.is_at_once else [])
    if verdict == Verdict.DROP:
        return None
    parent = _under(story, reply_to)
    comment = story.comments.create(
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        text=said.text,
        language=get_language() or story.language,
        state=State.SHOWN if verdict == Verdict.SHOW else State.HELD,
        **whose,
    )
    if comment.is_shown():
        telling.tell_followers(comment)
        stamps.bump("stories")
    else:
        telling.tell_moderators(comment)
    return comment


def _under(story: Story, reply_to: Comment | None) -> Comment | None:
    if reply_to is None:
        return None
    parent = story.comments.filter(pk=reply_to.pk, state=State.SHOWN).select_related("parent").first()
    if parent is None:
        raise Refusal(_("The comment you answer is not there any more."))
    return parent.parent if parent.depth >= DEEPEST else parent


@transaction.atomic
def edit(comment: Comment, text: str, *, by: Person, version: int) -> Comment:
    """Change one's own words, within ten minutes, from the version one has read."""
    comment = own(comment, by)
    if not can_edit_comment(by, comment):
        raise Refusal(_("A comment can be changed for ten minutes. You can still take it back."))
    if comment.version != version:
        raise Conflict(comment)
    if holding.weigh(Said(text, is_at_once=True), []) != Verdict.SHOW and comment.is_shown():
        raise Refusal(_("That is more links than a comment may have."))
    comment.text, comment.edited_at, comment.version = text, now(), comment.version + 1
    comment.save(update_fields=["text", "edited_at", "version"])
    record("comment.edited", comment, by=by)
    stamps.bump("stories")
    return comment


@transaction.atomic
def withdraw(comment: Comment, *, by: Person) -> None:
    """Take one's words back, at any time. Answers to them stay, under an empty place."""
    comment = own(comment, by)
    if comment.state == State.WITHDRAWN:
        return
    # What a moderator hid for a reason keeps its place and its reason; the words go.
    comment.state = comment.state if comment.is_hidden() else State.WITHDRAWN
    comment.text = ""
    comment.save(update_fields=["state", "text"])
    record("comment.withdrawn", comment, by=by)
    stamps.bump("stories")


@transaction.atomic
def report(comment: Comment, text: str, *, by: Person) -> None:
    """Tell the moderators. A second time changes one's words to them."""
    presence.hold(by)
    comment = locked(comment)
    if is_own(by, comment):
        raise Refusal(_("It is your own: take it back."))
    if not comment.is_shown():
        raise Refusal(_("This comment is not shown any more."))
    CommentReport.objects.update_or_create(
        comment=comment, by=by, defaults={"text": text, "closed_at": None, "created_at": now()}
    )
    # Who reported is told to nobody.
    journal.record("comment.reported", comment)
    telling.tell_of_report(comment)


def own(comment: Comment, by: Person) -> Comment:
    comment = locked(comment)
    if not is_own(by, comment):
        raise PermissionDenied
    return comment


def locked(comment: Comment) -> Comment:
    held = Comment.objects.select_for_update(of=("self",))
    held = held.select_related("story__circle", "story__gathering", "author")
    found = held.filter(pk=comment.pk).first()
    if found is None:
        # Another moderator has refused it meanwhile.
        raise Refusal(_("This comment is not shown any more."))
    return found


def record(name: str, comment: Comment, *, by: Person) -> None:
    """Under a story told without names the journal, which operators read, names nobody either."""
    if comment.story.is_named() or can_moderate(by, comment.story):
        journal.record(name, comment, by=by)
    else:
        journal.record(name, comment)


def _lock(story: Story) -> Story:
    """Comments on one story come one after the other, so that one pressed twice is found."""
    found: Callable = Story.objects.select_related("circle", "gathering").select_for_update(of=("self",)).get
    story = found(pk=story.pk)
    if not takes_comments(story):
        raise Refusal(_("This story takes no comments."))
    return story
