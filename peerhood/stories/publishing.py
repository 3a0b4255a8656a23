"""Publishing: somebody writes down what came of a gathering, or what their circle may want to read.

A story stays a draft until it is published, at once or at a time to come, and becomes one again when it is taken
back. Its address is made from its first title and never changes. Two people may write
on the same story: each save says which version it was made from, and one made from an
older version is refused with both texts kept. What its gathering was under decides what it
is made of: see ``gatherings.confidentiality``.
"""

from datetime import datetime
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal, still_there
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_edit, can_publish, can_write_in, can_write_up
from peerhood.stories.revisions import keeping
from peerhood.stories.topics import tagging

EDITABLE = {"title", "teaser", "text", "affiliations", "is_members_only", "canonical_url"}
# The first words of this step's other pages.
TAKEN_ADDRESSES = {
    "by",
    "comments",
    "feed",
    "lines",
    "new",
    "newsroom",
    "preview",
    "recordings",
    "threads",
    "topics",
}


class Conflict(Refusal):
    """Somebody else saved first; ``story`` is what they saved."""

    def __init__(self, story: Story) -> None:
        super().__init__(_("Somebody else changed this story while you were writing."))
        self.story = story


@transaction.atomic
def write(gathering: Gathering, *, by: Person, title: str, text: str, **fields: Any) -> Story:
    """Write a recap of the gathering, in the circle's language; it is a draft at first."""
    if not can_write_up(by, gathering):
        raise PermissionDenied
    refuse_untold(gathering)
    return _begin(Story(circle=gathering.circle, gathering=gathering, title=title, text=text), by, fields)


@transaction.atomic
def write_in(circle: Circle, *, by: Person, title: str, text: str, **fields: Any) -> Story:
    """Write a story for one's circle that is about no gathering; it is a draft at first."""
    if not can_write_in(by, circle):
        raise PermissionDenied
    return _begin(Story(circle=circle, title=title, text=text), by, fields)


def _begin(story: Story, by: Person, fields: dict[str, Any]) -> Story:
    topics = fields.pop("topics", None)
    _set(story, fields)
    story.author, story.language = by, story.circle.language
    story = at_a_free_address(story)
    if topics is not None:
        tagging.set_topics(story, topics)
    keeping.keep(story, by)
    journal.record("story.written", story, by=by)
    return story


def _set(story: Story, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"A story has no {sorted(unknown)} to edit.")
    for name, value in fields.items():
        setattr(story, name, value)


def refuse_untold(gathering: Gathering | None) -> None:
    """Nothing leaves a gathering of which a part is confidential, with or without a name."""
    if gathering and confidentiality.write_up(gathering.level) == WriteUp.NONE:
        raise Refusal(_("A part of this gathering is confidential, so no story is written about it."))


def at_a_free_address(story: Story) -> Story:
    """Save the story under its title, with a number when another has that address."""
    base = slugify(story.title)[:120].strip("-") or "story"
    for number in count(1):
        story.slug = base if number == 1 else f"{base}-{number}"
        if story.slug in TAKEN_ADDRESSES or Story.objects.filter(slug=story.slug).exists():
            continue
        try:
            with transaction.atomic():
                story.save(force_insert=True)
        except IntegrityError:
            # Somebody took it between the two lines above; anything else is not ours to hide.
            if not Story.objects.filter(slug=story.slug).exists():
                raise
        else:
            break
    return story


@transaction.atomic
def edit(story: Story, *, by: Person, version: int, topics: list[str] | None = None, **fields: Any) -> Story:
    """Change a story, unless somebody else has since ``version`` was read.

    Where a circle's editors read first, what they published is theirs to change until it is taken back.
    """
    story = locked(story)
    if not can_edit(by, story):
        raise PermissionDenied
    if story.is_method_only:
        raise Refusal(_("This recap was made of the method alone, so nobody’s words are put into it."))
    if story.published_at and not can_publish(by, story):
        raise Refusal(
            _("An editor has read and published it. Take it back to change it; they read it again.")
        )
    if story.version != version:
        raise Conflict(story)
    _set(story, fields)
    story.version += 1
    story.save(update_fields=[*fields, "version"])
    if topics is not None:
        tagging.set_topics(story, topics)
    keeping.keep(story, by)
    journal.record("story.edited", story, by=by)
    if story.is_published():
        stamps.bump("stories")
    return story


@transaction.atomic
def publish(story: Story, *, by: Person, at: datetime | None = None, version: int | None = None) -> Story:
    """Put the story where everybody who may know of it can read it, now or ``at`` a time. Twice is once.

    With ``version``, only what was read is published, and not what somebody changed meanwhile.
    """
    story = locked(story)
    if not can_publish(by, story):
        raise PermissionDenied
    if story.is_published():
        return story
    if version is not None and story.version != version:
        raise Refusal(_("Somebody changed this story since you read it. Read it again, then publish it."))
    if not story.is_method_only:
        refuse_untold(story.gathering)
    waits = at is not None and at > now()
    story.published_at, story.is_scheduled = (at if waits else now()), waits
    # It was read: what waited for an editor, and what one said, is over.
    story.submitted_at, story.sent_back_with = None, ""
    story.save(update_fields=["published_at", "is_scheduled", "submitted_at", "sent_back_with"])
    if waits:
        journal.record("story.scheduled", story, by=by)
    else:
        _announce(story, by)
    return story


def _announce(story: Story, by: Person | None) -> None:
    journal.record("story.published", story, by=by)
    stamps.bump("stories")


@transaction.atomic
def announce(story: Story) -> None:
    """Its time has come: tell whoever listens, once. What may no longer be told is a draft again."""
    story = locked(story)
    if not (story.is_scheduled and story.is_published()):
        return
    story.is_scheduled = False
    untold = story.gathering and confidentiality.write_up(story.level) == WriteUp.NONE
    if untold and not story.is_method_only:
        story.published_at = None
    story.save(update_fields=["is_scheduled", "published_at"])
    if story.is_published():
        _announce(story, None)


def announce_all_due() -> None:
    for story in Story.objects.filter(is_scheduled=True, published_at__lte=now()).order_by("pk"):
        announce(story)


@transaction.atomic
def unpublish(story: Story, *, by: Person) -> Story:
    """Take the story back, or its time to come: it is a draft again, with its text and its address."""
    story = locked(story)
    if not can_edit(by, story):
        raise PermissionDenied
    if story.published_at is None:
        return story
    story.published_at, story.is_scheduled = None, False
    story.save(update_fields=["published_at", "is_scheduled"])
    journal.record("story.unpublished", story, by=by)
    stamps.bump("stories")
    return story


def locked(story: Story) -> Story:
    """As the database has it now, held until the act is over."""
    held = Story.objects.select_related("circle", "author", "gathering").select_for_update(of=("self",))
    return still_there(held.filter(pk=story.pk))
