"""What came of it: stories and the recaps of gatherings, with their pictures, topics and earlier texts."""

from peerhood.stories.models.co_author import CoAuthor
from peerhood.stories.models.newsroom import Newsroom
from peerhood.stories.models.picture import Picture
from peerhood.stories.models.revision import Revision
from peerhood.stories.models.story import Story, StoryQuerySet
from peerhood.stories.models.thread import Reply, Thread, ThreadQuerySet
from peerhood.stories.models.topic import Topic

__all__ = [
    "CoAuthor",
    "Newsroom",
    "Picture",
    "Reply",
    "Revision",
    "Story",
    "StoryQuerySet",
    "Thread",
    "ThreadQuerySet",
    "Topic",
]
