"""Who may do what with themes. A ballot is led by whoever may facilitate its gathering: ``can_facilitate``."""

from peerhood.circles.permissions import can_organise
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_draft, can_host
from peerhood.themes.models import Theme


def can_withdraw(person, theme: Theme) -> bool:
    """Whoever proposed it, and the circle's organisers."""
    return person.is_authenticated and (
        theme.proposed_by_id == person.pk or can_organise(person, theme.circle)
    )


def can_adopt(person, gathering: Gathering) -> bool:
    """Put a theme on the gathering's agenda: whoever may draft for the circle, or hosts this one."""
    return can_draft(person, gathering.circle) or can_host(person, gathering)
