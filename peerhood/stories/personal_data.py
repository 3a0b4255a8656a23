"""What stories hold of a person, and what becomes of it."""

from peerhood.people.own_data.rules import Rows, keep, rule
from peerhood.stories.models import Reply, Story, Thread

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
rule(Reply, "author", "replies_i_wrote", {"text": "text", "at": "said_at"}, erase=forget_moans)
