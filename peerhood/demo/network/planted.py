"""What stands so far: each stage reads what earlier ones planted, and adds its own."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings.models import Gathering, Rsvp, Series
from peerhood.people.models import Employer, Person
from peerhood.themes.models import Theme

SEED = 20260121


@dataclass
class Planted:
    """Circles are keyed by their slug, people by their address, guests by their gathering's key."""

    at: datetime
    people: dict[str, Person] = field(default_factory=dict)
    employer_of: dict[int, Employer] = field(default_factory=dict)
    at_home_in: dict[str, list[Person]] = field(default_factory=dict)
    circles: dict[str, Circle] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    members: dict[str, list[Membership]] = field(default_factory=dict)  # those who left, too
    past: dict[str, list[Gathering]] = field(default_factory=dict)  # oldest first
    coming: dict[str, Gathering] = field(default_factory=dict)
    guests: dict[int, list[Rsvp]] = field(default_factory=lambda: defaultdict(list))
    met_at: dict[tuple[int, int], int] = field(default_factory=dict)  # the gathering they last met at
    themes: dict[str, dict[str, Theme]] = field(default_factory=dict)

    def draw(self, stage: str) -> Random:
        """Chance for one stage: a change in one leaves the others as they were."""
        return Random(f"{SEED}/{stage}")

    def inside(self, slug: str) -> list[Person]:
        """Who belongs to a circle now."""
        return [membership.person for membership in self.members[slug] if membership.is_inside()]

    def present(self, gathering: Gathering) -> list[Person]:
        """Who came, in the order in which they answered."""
        return [rsvp.person for rsvp in self.guests[gathering.pk] if rsvp.checked_in_at]
