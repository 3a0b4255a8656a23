"""Openers: one sentence to begin with, from what the other says at every table, or a question that always works."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from peerhood.connections.models import CoffeeRound
from peerhood.people.models import Person


def questions() -> list[str]:
    """In the active language."""
    return [
        _("What has taken more time than you thought, lately?"),
        _("What are you glad to have stopped doing?"),
        _("Whose advice do you still use, and what was it?"),
        _("What would you like to get better at this year?"),
        _("What do people outside your work never believe about it?"),
    ]


def for_reader(round: CoffeeRound, person: Person, others: Sequence[Person]) -> str:
    """In the reader's language, from the first of the others who says something; the same each time it is asked."""
    with translation.override(person.language):
        for other in sorted(others, key=lambda each: each.pk):
            about = {"name": other.first_name, "about": other.ask_me_about.strip().rstrip(".")}
            if about["about"] and other.shows("ask_me_about"):
                return _("Ask %(name)s about: %(about)s.") % about
        asked = questions()
        return asked[(round.pk + min(each.pk for each in (person, *others))) % len(asked)]
