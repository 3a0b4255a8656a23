"""Employers, the PMO each of them has, and how many of its people the network knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from peerhood.demo.network.content import read
from peerhood.demo.network.rows import plant
from peerhood.people.models import Employer

DESKS = {"one": 1, "two": 2, "few": 4, "several": 6, "many": 8}


@dataclass(frozen=True)
class Office:
    """An employer's PMO, in the words of the pack."""

    employer: Employer
    region: str
    scope: str
    control: str
    team_size: str
    delivery: str

    @property
    def language(self) -> str:
        return "en" if self.region in ("london", "forum") else "sv"


def plant_offices() -> dict[str, Office]:
    """Every employer by its name."""
    rows = [(region, *row) for region, listed in read("employers").items() for row in listed]
    employers = plant(Employer(name=name, sector=sector, town=town) for _, name, sector, town, *_ in rows)
    return {
        employer.name: Office(employer, region, *words)
        for employer, (region, _name, _sector, _town, *words) in zip(employers, rows, strict=True)
    }


def desks(offices: Sequence[Office], taken: Sequence[str], count: int, draw: Random) -> list[Office]:
    """Free desks: one at every employer that has none taken yet, then wherever there is room.

    Args:
        taken: the employers' names, once for each desk somebody sits at.
    """
    free = [
        office
        for office in offices
        for _ in range(DESKS[office.team_size] - taken.count(office.employer.name))
    ]
    draw.shuffle(free)
    first = {office.employer.name: office for office in free if office.employer.name not in taken}
    rest = list(free)
    for office in first.values():
        rest.remove(office)
    return [*first.values(), *rest][:count]
