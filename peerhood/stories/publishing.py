"""Publishing: an organiser writes down what came of a gathering, and puts it where all may read it.

A story stays a draft until it is published, and becomes one again when it is taken
back. Its address is made from its first title and never changes. Two people may write
on the same story: each save says which version it was made from, and one made from an
older version is refused with both texts kept. What its gathering was under decides what it
is made of: see ``gatherings.confidentiality``.
"""

from itertools import count

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_edit, can_write_up

EDITABLE = {"title", "teaser", "text"}
# The addresses of other pages here.
TAKEN_ADDRESSES = {"comments", "lines", "new", "recordings"}


class Conflict(Refusal):
    """Somebody else saved first; ``story`` is what they saved."""

    def __init__(self, story: Story) -> None:
        super().__init__(_("Somebody else changed this story while you were writing."))
        self.story = story


@transaction.atomic
def write(gathering: Gathering, *, by: Person, title: str, text: str, teaser: str = "") -> Story:
    """Write a recap of the gathering, in the circle's language; it is a draft at first."""
    if not can_write_up(by, gathering):
        raise PermissionDenied
    refuse_untold(gathering)
    story = at_a_free_address(
        Story(
            circle=gathering.circle,
            gathering=gathering,
            author=by,
            title=title,
            teaser=teaser,
            text=text,
            language=gathering.circle.language,
        )
    )
    journal.record("story.written", story, by=by)
    return story


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
def edit(story: Story, *, by: Person, version: int, **fields: str) -> Story:
    """Change a story, unless somebody else has since ``version`` was read."""
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"A story has no {sorted(unknown)} to edit.")
    story = _lock(story, by)
    if story.is_method_only:
        raise Refusal(_("This recap was made of the method alone, so nobody’s words are put into it."))
    if story.version != version:
        raise Conflict(story)
    for name, value in fields.items():
        setattr(story, name, value)
    story.version += 1
    story.save(update_fields=[*fields, "version"])
    journal.record("story.edited", story, by=by)
    if story.is_published():
        stamps.bump("stories")
    return story


@transaction.atomic
def publish(story: Story, *, by: Person) -> Story:
    """Put the story where everybody who may know of the circle can read it. Publishing twice publishes once."""
    story = _lock(story, by)
    if story.is_published():
        return story
    if not story.is_method_only:
        refuse_untold(story.gathering)
    story.published_at = now()
    story.save(update_fields=["published_at"])
    journal.record("story.published", story, by=by)
    stamps.bump("stories")
    return story


@transaction.atomic
def unpublish(story: Story, *, by: Person) -> Story:
    """Take the story back: it is a draft again, with its text and its address."""
    story = _lock(story, by)
    if not story.is_published():
        return story
    story.published_at = None
    story.save(update_fields=["published_at"])
    journal.record("story.unpublished", story, by=by)
    stamps.bump("stories")
    return story


def _lock(story: Story, by: Person) -> Story:
    story = (
        Story.objects.select_related("circle", "author", "gathering")
        .select_for_update(of=("self",))
        .get(pk=story.pk)
    )
    if not can_edit(by, story):
        raise PermissionDenied
    return story
