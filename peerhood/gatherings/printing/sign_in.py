"""The sign-in sheet lies open on the table, so it names whoever members may read of, and nobody else."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from peerhood.gatherings.printing import lists
from peerhood.gatherings.printing.paper import Paper
from peerhood.gatherings.printing.seated import Seated

# For whoever is not on it.
EMPTY_LINES = 6


def named(seated: Sequence[Seated]) -> list[Seated]:
    """Without those whose name is for those who run the gathering, and without guests that have none."""
    return [each for each in seated if each.lies_open and not each.is_nameless]


def draw(paper: Paper, seated: Sequence[Seated], about: str) -> None:
    rows = [(each.name, "") for each in named(seated)] + [("", "")] * EMPTY_LINES
    lists.draw(paper, _("Welcome. Please sign in."), about, (_("Name"), _("Signature")), rows)
