"""What came of it: stories, and the recaps of gatherings."""

from peerhood.stories.models.comment import Comment, CommentReport, Following
from peerhood.stories.models.recap_lines import LineMark, RecapLines
from peerhood.stories.models.recording import Recording
from peerhood.stories.models.story import Story, StoryQuerySet

__all__ = [
    "Comment",
    "CommentReport",
    "Following",
    "LineMark",
    "RecapLines",
    "Recording",
    "Story",
    "StoryQuerySet",
]
