"""Who may say something under a story, at once or after a look, and who looks."""

from django.db.models import Q, QuerySet

from peerhood.circles.permissions import is_inside
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Surface
from peerhood.stories.models import Comment, Story
from peerhood.stories.permissions import can_edit


def takes_comments(story: Story) -> bool:
    """A published story whose gathering's level lets readers add their words."""
    return story.is_published() and confidentiality.allows(story.level, Surface.COMMENTS)


def speaks_at_once(person, story: Story) -> bool:
    """Members of the circle, and whoever wrote the story; others are read by a moderator first."""
    return person.is_authenticated and (is_inside(person, story.circle) or can_moderate(person, story))


def can_moderate(person, story: Story) -> bool:
    """Let through, refuse, hide and show again: whoever may change the story."""
    return can_edit(person, story)


def is_own(person, comment: Comment) -> bool:
    return person.is_authenticated and comment.author_id == person.pk


def known_to(person, story: Story) -> QuerySet[Comment]:
    """What stands; what is held, to whoever wrote it and to those who may let it through."""
    if can_moderate(person, story):
        return story.comments.all()
    mine = Q(author_id=person.pk) if person.is_authenticated else Q(pk=None)
    return story.comments.filter(~Q(state=Comment.State.HELD) | mine)


def can_edit_comment(person, comment: Comment) -> bool:
    """Whoever wrote it, while the ink is wet and nobody has hidden it."""
    return is_own(person, comment) and comment.is_fresh() and (comment.is_shown() or comment.is_held())
