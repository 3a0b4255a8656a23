"""What came of it: stories and the recaps of gatherings, what is said about them, and what members say in between."""

from peerhood.stories.models.co_author import CoAuthor
from peerhood.stories.models.comment import Comment, CommentReport, Following
from peerhood.stories.models.newsroom import Newsroom
from peerhood.stories.models.picture import Picture
from peerhood.stories.models.pulse import Pulse
from peerhood.stories.models.recap_lines import LineMark, RecapLines
from peerhood.stories.models.recording import Recording
from peerhood.stories.models.revision import Revision
from peerhood.stories.models.story import Story, StoryQuerySet
from peerhood.stories.models.thread import Reply, Thread, ThreadQuerySet
from peerhood.stories.models.topic import Topic

__all__ = [
    "CoAuthor",
    "Comment",
    "CommentReport",
    "Following",
    "LineMark",
    "Newsroom",
    "Picture",
    "Pulse",
    "RecapLines",
    "Recording",
    "Reply",
    "Revision",
    "Story",
    "StoryQuerySet",
    "Thread",
    "ThreadQuerySet",
    "Topic",
]
