"""Conferences that members list, and who is going there."""

from datetime import timedelta

from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.growth.models import OutsideEvent, OutsideGoing


def plant_outside_events(planted: Planted) -> str:
    chance = planted.draw("outside events")
    events = plant(_event(told, planted) for told in read("outside_events")["event"])
    going = plant(
        OutsideGoing(event=event, person=person, is_shown=chance.random() < 0.6)
        for event in events
        if not event.is_over
        for person in chance.sample(planted.inside(event.circle.slug), 5)
    )
    return f"{len(events)} conferences, with {len(going)} who go there"


def _event(told: dict, planted: Planted) -> OutsideEvent:
    first = (planted.at + timedelta(days=told["in_days"])).date()
    return OutsideEvent(
        circle=planted.circles[told["circle"]],
        listed_by=planted.inside(told["circle"])[0],
        title=told["title"],
        starts_on=first,
        ends_on=first + timedelta(days=told["days"] - 1),
        place=told.get("place", ""),
        is_online=told.get("is_online", False),
        why=told.get("why", ""),
    )
