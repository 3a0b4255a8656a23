"""Keeping: every save of a story leaves a revision, and an earlier one can be brought back."""

from peerhood.people.models import Person
from peerhood.stories.models import Revision, Story


def keep(story: Story, by: Person) -> None:
    """Write down the words as they stand. A save that changed none of them leaves none."""
    last = story.revisions.first()
    if last and (last.title, last.teaser, last.text) == (story.title, story.teaser, story.text):
        return
    Revision.objects.create(
        story=story, version=story.version, title=story.title, teaser=story.teaser, text=story.text, by=by
    )
