"""What came of it: stories, and the recaps of gatherings."""

from peerhood.stories.models.story import Story, StoryQuerySet
from peerhood.stories.models.thread import Reply, Thread, ThreadQuerySet

__all__ = ["Reply", "Story", "StoryQuerySet", "Thread", "ThreadQuerySet"]
