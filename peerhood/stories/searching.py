"""Searching: a published story is found by whoever may read it, and by who wrote it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.searching import audiences_of, members_of
from peerhood.gatherings import confidentiality
from peerhood.gatherings.models import Gathering
from peerhood.platform import stamps
from peerhood.search import indexing
from peerhood.search.indexing import Source, Telling
from peerhood.stories.models import Story

KIND = "story"


def tellings_of(stories: list[Story]) -> Iterator[Telling]:
    for story in stories:
        writers = [f"person:{person.pk}" for person in story.writers()]
        readers = [members_of(story.circle)] if story.is_members_only else audiences_of(story.circle)
        words = [story.teaser, story.text, story.circle.name, *(topic.name for topic in story.topics.all())]
        yield Telling(story.pk, story.title, words, [*readers, *writers])


def _published() -> QuerySet[Story]:
    """Those that anybody but their writers may read; the level of a gathering may have changed since."""
    stories = Story.objects.published().order_by().with_level().with_authors().prefetch_related("topics")
    return stories.exclude(level__in=confidentiality.never_written_up())


indexing.register(Source(KIND, _published, tellings_of))


@journal.listen("story.published")
@journal.listen("story.edited")
@journal.listen("story.unpublished")
@journal.listen("story.co_author_agreed")
@journal.listen("story.co_author_left")
def write(story: Story) -> None:
    indexing.write(KIND, [story.pk])


@journal.listen("gathering.edited")
def write_those_about(gathering: Gathering) -> None:
    """Its agenda may have another level now, and its stories say more or less."""
    if keys := list(gathering.stories.values_list("pk", flat=True)):
        indexing.write(KIND, keys)
        stamps.bump("stories")


@journal.listen("circle.edited")
def write_those_of(circle: Circle) -> None:
    """A circle that closes, or has another name, takes its stories with it."""
    indexing.write(KIND, circle.stories.values_list("pk", flat=True))
