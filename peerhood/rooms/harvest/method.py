"""How an item was done, in words: the format and its steps. Nothing of what was said or written in it."""

from django.utils.translation import gettext as _

from peerhood.gatherings.models import AgendaItem
from peerhood.rooms.formats import words
from peerhood.rooms.formats.standing import recipe_of


def method_of(item: AgendaItem | None) -> str:
    """One sentence; "" for an item that is run by no format. ``item__format`` is best selected along."""
    recipe = recipe_of(item)
    if recipe is None:
        return ""
    steps = ", ".join(f"{step.title} ({words.length_of(step)})" for step in recipe.steps())
    return _("How we did it: %(format)s, with the steps %(steps)s.") % {"format": recipe.name, "steps": steps}
