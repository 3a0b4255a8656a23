"""What themes do when the journal speaks."""

from contextlib import suppress

from peerhood import journal
from peerhood.circles.models import Seed
from peerhood.gatherings.models import Gathering
from peerhood.themes import deciding, proposing
from peerhood.themes.models import Adoption


@journal.listen("gathering.cancelled")
def give_the_theme_back(gathering: Gathering) -> None:
    adoption = Adoption.objects.filter(gathering=gathering).select_related("theme").first()
    if adoption:
        deciding.release(adoption.theme)


@journal.listen("seed.sprouted")
def take_over_the_plan(seed: Seed) -> None:
    """The first theme is the first gathering's; the others that were planned for begin the backlog."""
    if seed.circle is None or seed.circle.themes.exists():
        return
    for title in dict.fromkeys(seed.themes[1:]):
        with suppress(proposing.AlreadyThere):
            proposing.propose(seed.circle, seed.planter, title)
