"""Adding pictures to a story, and taking them out: for whoever may change its text."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal
from peerhood.stories import publishing
from peerhood.stories.models import Picture, Story
from peerhood.stories.permissions import can_edit, can_publish
from peerhood.stories.pictures import making

MOST = 20


@transaction.atomic
def add(story: Story, *, by: Person, content: bytes, alt: str, credit: str) -> Picture:
    """Keep a picture for the text to show.

    Raises:
        making.UnusablePicture: nothing is kept.
    """
    made = making.made_of(content)
    story = _held(story, by)
    if not story.may_have_pictures():
        raise Refusal(_("Under this gathering’s rule no photos are shown: a face is a name."))
    if story.pictures.count() >= MOST:
        raise Refusal(_("A story has twenty pictures at most. Take one out first."))
    # Never a number that was another picture's: an earlier text would show the wrong one.
    story.last_picture_number += 1
    story.save(update_fields=["last_picture_number"])
    picture = story.pictures.create(
        number=story.last_picture_number,
        content=made.content,
        width=made.width,
        height=made.height,
        alt=alt,
        credit=credit,
    )
    journal.record("story.picture_added", story, by=by)
    return picture


@transaction.atomic
def remove(story: Story, number: int, *, by: Person) -> None:
    """Take a picture out, for good; where a text still asks for it nothing is shown."""
    story = _held(story, by)
    if story.pictures.filter(number=number).delete()[0]:
        journal.record("story.picture_removed", story, by=by)
        stamps.bump("stories")


def _held(story: Story, by: Person) -> Story:
    story = publishing.locked(story)
    if not can_edit(by, story):
        raise PermissionDenied
    if story.published_at and not can_publish(by, story):
        raise Refusal(
            _("An editor has read and published it. Take it back to change it; they read it again.")
        )
    return story
