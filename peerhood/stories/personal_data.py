"""What stories hold of a person, and what becomes of it."""

from peerhood.people.own_data.rules import Rows, delete, let_go, rule
from peerhood.stories.models import CoAuthor, Newsroom, Revision, Story


def keep_without_employers(rows: Rows) -> None:
    """Others may have read it: it stays, shows a former member, and no longer says where they worked."""
    rows.all().update(affiliations="")


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
