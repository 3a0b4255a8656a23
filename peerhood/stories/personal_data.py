"""What stories hold of a person, and what becomes of it."""

from peerhood.people.own_data.rules import keep, rule
from peerhood.stories.models import Story

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
