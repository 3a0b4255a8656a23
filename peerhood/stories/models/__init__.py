"""What came of it: stories, and the recaps of gatherings."""

from peerhood.stories.models.story import Story, StoryQuerySet

__all__ = ["Story", "StoryQuerySet"]
