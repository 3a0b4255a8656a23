"""Together: a gathering that two chapters hold, and one that a chapter is asked about and has not answered."""

from collections.abc import Iterator
from datetime import timedelta

from peerhood.demo.network.content import circle_specs, read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings.models import CoHosting


def plant_together(planted: Planted) -> str:
    rows = plant(_co_hostings(planted))
    return f"{sum(row.is_agreed() for row in rows)} gathering together, {len(rows)} asked about"


def _co_hostings(planted: Planted) -> Iterator[CoHosting]:
    organiser = {spec["slug"]: planted.people[spec["organisers"][0]] for spec in circle_specs()}
    for spec in circle_specs():
        told = read("next_gatherings")[spec["slug"]]
        for word, state in (("together_with", CoHosting.State.AGREED), ("asks", CoHosting.State.ASKED)):
            if word in told:
                is_agreed = state == CoHosting.State.AGREED
                yield CoHosting(
                    gathering=planted.coming[spec["slug"]],
                    circle=planted.circles[told[word]],
                    state=state,
                    asked_by=organiser[spec["slug"]],
                    asked_at=planted.at - timedelta(days=26),
                    answered_by=organiser[told[word]] if is_agreed else None,
                    answered_at=planted.at - timedelta(days=25) if is_agreed else None,
                )
