"""A theme of his, a ballot that he opened, and a theme that he adopted."""

from peerhood.themes import proposing
from peerhood.themes.models import Adoption, Theme
from tests.own_data.planted.cast import Cast
from tests.own_data.planted.words import SHARED


def plant(cast: Cast) -> Theme:
    theme = proposing.propose(cast.circle, cast.ben, f"Theme {SHARED}", "What now?")
    ballot = cast.gathering.ballot
    ballot.opened_by = cast.ben
    ballot.save()
    Adoption.objects.create(theme=ballot.choices.first().theme, gathering=cast.gathering, adopted_by=cast.ben)
    return theme
