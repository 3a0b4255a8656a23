"""Numbers a door is asked for: how many are in the house if it burns, and how many cups are needed."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from peerhood.gatherings.models import Gathering, Part


@dataclass(frozen=True)
class Numbers:
    """Of the room: whoever joins online drinks their own coffee."""

    people_here: int
    guests_here: int
    people_coming: int
    guests_coming: int

    @property
    def here(self) -> int:
        return self.people_here + self.guests_here

    @property
    def coming(self) -> int:
        return self.people_coming + self.guests_coming

    @property
    def to_come(self) -> int:
        return self.coming - self.here


def of(gathering: Gathering) -> Numbers:
    """Guests come with whoever brings them, and are in the house from then on; one query."""
    here = Q(checked_in_at__isnull=False)
    found = (
        gathering.rsvps.going()
        .filter(part=Part.ROOM)
        .aggregate(
            people_here=Count("pk", filter=here),
            guests_here=Sum("guests_count", filter=here, default=0),
            people_coming=Count("pk"),
            guests_coming=Sum("guests_count", default=0),
        )
    )
    return Numbers(**found)
