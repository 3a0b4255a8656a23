"""What stories hold of a person, and what becomes of it."""

from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, delete, let_go, rule, words_of_others
from peerhood.platform import stamps
from peerhood.stories.models import (
    CoAuthor,
    Comment,
    CommentReport,
    Following,
    Newsroom,
    Pulse,
    Recording,
    Reply,
    Revision,
    Story,
    Thread,
)


def keep_without_employers(rows: Rows) -> None:
    """Others may have read it: it stays, shows a former member, and no longer says where they worked."""
    rows.all().update(affiliations="")


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
        "under_my_name": "affiliations",
        "written_at": "created_at",
        "published_at": "published_at",
    },
    erase=keep_without_employers,
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
rule(
    CoAuthor,
    "person",
    "stories_i_wrote_along",
    {
        "circle": "story.circle.name",
        "title": "story.title",
        "under_my_name": "affiliations",
        "asked_at": "asked_at",
        "agreed_at": "agreed_at",
    },
    erase=keep_without_employers,
)
rule(CoAuthor, "asked_by", unsaid="It is told to whoever was asked.", erase=let_go)
rule(
    Revision,
    "by",
    "story_texts_i_saved",
    {"story": "story.title", "title": "title", "teaser": "teaser", "text": "text", "at": "at"},
    erase=let_go,
)
rule(
    Newsroom.editors.through,
    "person",
    "circles_i_edit_for",
    {"circle": "newsroom.circle.name"},
    erase=delete,
)


def forget_moans(rows: Rows) -> None:
    """Questions stay for those who read them, by a former member; what was said in the corner goes at once."""
    is_moan = "kind" if rows.rule.model is Thread else "thread__kind"
    rows.all().filter(**{is_moan: Thread.Kind.MOAN}).delete()


rule(
    Thread,
    "author",
    "threads_i_began",
    {"circle": "circle.name", "kind": "kind", "title": "title", "text": "text", "at": "opened_at"},
    erase=forget_moans,
)
rule(
    Pulse,
    "asked_by",
    "pulses_i_asked",
    {"circle": "circle.name", "ask": "ask", "at": "opened_at"},
    erase=let_go,
)
rule(Reply, "author", "replies_i_wrote", {"text": "text", "at": "said_at"}, erase=forget_moans)
