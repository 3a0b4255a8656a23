"""A theme, and a ballot that runs."""

from peerhood.themes import ballots, proposing
from peerhood.themes.models import Theme
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene


def propose(scene: Scene) -> Theme:
    return proposing.propose(scene.circle, scene.member, "One page for the board", "How do you do it?")


def plant(scene: Scene, theme: Theme) -> Kwargs:
    ballot = ballots.open_ballot(scene.gathering, by=scene.organiser)
    of_theme = {**scene.of_circle, "pk": theme.pk, "theme_pk": theme.pk}
    of_ballot = {**of_theme, "pk": ballot.pk}
    return {
        "themes": of_theme,
        "themes:ballot": of_ballot,
        "themes:close": of_ballot,
        "themes:choose": of_ballot,
        "themes:draft": of_ballot,
    }
