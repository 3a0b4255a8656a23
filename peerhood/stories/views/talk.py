"""The comments at the foot of a story's page."""

from django.core.paginator import Paginator

from peerhood.stories.comments import following, threads
from peerhood.stories.comments.forms import CommentForm, GuestForm
from peerhood.stories.comments.permissions import can_moderate, speaks_at_once, takes_comments

THREADS_A_PAGE = 30


def below(request, story):
    """Nothing where the story takes no comments: what was said before it got its rule is not shown either."""
    if not takes_comments(story):
        return {"takes_comments": False}
    person = request.user
    moderates = can_moderate(person, story)
    return {
        "takes_comments": True,
        "threads": Paginator(threads.threads_of(story, person), THREADS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "comment_form": form_for(person)(None),
        "speaks_at_once": speaks_at_once(person, story),
        "is_following": following.is_following(person, story),
        "moderates": moderates,
        "waiting_count": story.comments.held().count() + story.comments.to_look_at(person).count()
        if moderates
        else 0,
    }


def form_for(person):
    return CommentForm if person.is_authenticated else GuestForm
