"""What themes do when the journal speaks."""

from peerhood import journal
from peerhood.gatherings.models import Gathering
from peerhood.themes import deciding
from peerhood.themes.models import Adoption


@journal.listen("gathering.cancelled")
def give_the_theme_back(gathering: Gathering) -> None:
    adoption = Adoption.objects.filter(gathering=gathering).select_related("theme").first()
    if adoption:
        deciding.release(adoption.theme)
