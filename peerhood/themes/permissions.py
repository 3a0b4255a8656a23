"""Who may do what with themes and ballots. Asked by acts, and by templates to decide what to show."""

from peerhood.circles.models import Membership
from peerhood.circles.permissions import can_organise
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_draft, can_host
from peerhood.themes.models import Theme


def can_withdraw(person, theme: Theme) -> bool:
    """Whoever proposed it, and the circle's organisers."""
    return person.is_authenticated and (
        theme.proposed_by_id == person.pk or can_organise(person, theme.circle)
    )


def can_run_ballot(person, gathering: Gathering) -> bool:
    """Open, close and settle a gathering's ballot: its hosts, organisers, and the circle's facilitators."""
    if not person.is_authenticated:
        return False
    facilitators = gathering.circle.memberships.inside().filter(role=Membership.Role.FACILITATOR)
    return can_host(person, gathering) or facilitators.filter(person_id=person.pk).exists()


def can_adopt(person, gathering: Gathering) -> bool:
    """Put a theme on the gathering's agenda: whoever may draft for the circle, or hosts this one."""
    return can_draft(person, gathering.circle) or can_host(person, gathering)
