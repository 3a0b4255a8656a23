"""What stories hold of a person, and what becomes of it."""

from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, delete, keep, let_go, rule, words_of_others
from peerhood.platform import stamps
from peerhood.stories.models import Comment, CommentReport, Following, Recording, Story


def keep_what_stands(rows: Rows) -> None:
    """What nobody has read goes; what stands stays, and shows a former member."""
    rows.all().filter(state=Comment.State.HELD).delete()
    stamps.bump("stories")


@words_of_others
def forget_guests(_person: Person, addresses: list[str]) -> None:
    """What waits under an address of theirs, left before they came in."""
    Comment.objects.filter(guest_address__in=[address.lower() for address in addresses]).delete()


rule(
    Story,
    "author",
    "stories_i_wrote",
    {
        "circle": "circle.name",
        "title": "title",
        "teaser": "teaser",
        "text": "text",
        "written_at": "created_at",
        "published_at": "published_at",
    },
    erase=keep,
)
rule(
    Comment,
    "author",
    "comments_i_wrote",
    {
        "story": "story.title",
        "text": "text",
        "state": "state",
        "written_at": "created_at",
        "changed_at": "edited_at",
    },
    erase=keep_what_stands,
)
rule(
    CommentReport,
    "by",
    "comments_i_reported",
    {"story": "comment.story.title", "text": "text", "at": "created_at"},
    erase=delete,
)
rule(Following, "person", "stories_i_follow", {"story": "story.title"}, erase=delete)
rule(
    Recording,
    "attached_by",
    "recordings_i_attached",
    {
        "gathering": "item.gathering.title",
        "title": "title",
        "address": "url",
        "at": "attached_at",
        "speaker_agreed_at": "agreed_at",
    },
    erase=let_go,
)
