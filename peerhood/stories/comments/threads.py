"""Threads: a story's comments as its readers see them, each under what it answers."""

from dataclasses import dataclass, field

from peerhood.people import silence
from peerhood.stories.comments.permissions import can_edit_comment, is_own
from peerhood.stories.models import Comment, Story


@dataclass
class Place:
    """One comment on the page, and what it may show this reader."""

    comment: Comment
    is_own: bool = False
    may_edit: bool = False
    replies: list["Place"] = field(default_factory=list)


def threads_of(story: Story, person) -> list[Place]:
    """The first of each thread, the oldest first. One query, and one more for somebody signed in.

    What somebody wrote who is kept from this reader is left out, and so is an empty place that nobody answered.
    """
    apart = silence.hidden_from(person) if person.is_authenticated else set()
    comments = list(story.comments.standing().select_related("author"))
    places = {
        comment.pk: Place(comment, is_own(person, comment), can_edit_comment(person, comment))
        for comment in comments
        if comment.author_id is None or comment.author_id not in apart
    }
    parents = {comment.pk: comment.parent_id for comment in comments}
    first: list[Place] = []
    for place in places.values():
        above = place.comment.parent_id
        # An answer to what is left out moves up.
        while above is not None and above not in places:
            above = parents.get(above)
        (places[above].replies if above is not None else first).append(place)
    return _without_empty(first)


def _without_empty(places: list[Place]) -> list[Place]:
    for place in places:
        place.replies = _without_empty(place.replies)
    return [place for place in places if place.replies or place.comment.state != Comment.State.WITHDRAWN]
