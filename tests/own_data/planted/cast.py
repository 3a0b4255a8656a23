"""Ben, whom it is about; the two who write of him; and where they are."""

from dataclasses import dataclass

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person


@dataclass(frozen=True)
class Cast:
    ben: Person
    ada: Person
    chi: Person
    circle: Circle
    gathering: Gathering
