"""Where it all is, and who is there."""

from dataclasses import dataclass

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person


@dataclass(frozen=True)
class Scene:
    circle: Circle
    gathering: Gathering
    organiser: Person
    host: Person
    member: Person
    newcomer: Person

    @property
    def of_circle(self) -> dict[str, object]:
        return {"slug": self.circle.slug}

    @property
    def of_gathering(self) -> dict[str, object]:
        return {"pk": self.gathering.pk}
