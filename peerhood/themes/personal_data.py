"""What themes hold of a person, and what becomes of it. A vote names nobody: it is kept under a phone's key."""

from peerhood.people.own_data.rules import Rows, keep, rule
from peerhood.themes.models import Adoption, Ballot, Support, Theme


def support_no_more(rows: Rows) -> None:
    """They will not come for it; the theme's count says so."""
    themes = list(rows.all().order_by("theme").values_list("theme", flat=True))
    locked = list(Theme.objects.select_for_update(of=("self",)).filter(pk__in=themes).order_by("pk"))
    rows.all().delete()
    for theme in locked:
        theme.support_count = theme.supports.count()
        theme.save(update_fields=["support_count"])


rule(
    Theme,
    "proposed_by",
    "themes_i_proposed",
    {
        "circle": "circle.name",
        "title": "title",
        "question": "question",
        "at": "proposed_at",
        "state": "state",
    },
    erase=keep,
)
rule(
    Support,
    "person",
    "themes_i_support",
    {"circle": "theme.circle.name", "theme": "theme.title", "at": "at"},
    erase=support_no_more,
)
rule(
    Adoption,
    "adopted_by",
    "themes_i_adopted",
    {"theme": "theme.title", "gathering": "gathering.title", "at": "adopted_at"},
    erase=keep,
)
rule(
    Ballot,
    "opened_by",
    "ballots_i_opened",
    {"gathering": "gathering.title", "at": "opened_at"},
    erase=keep,
)
