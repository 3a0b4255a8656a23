"""Skills and conferences: a circle sees itself, some can help with something, and some are going somewhere."""

from datetime import timedelta

from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.growth.models import Assessment, OutsideEvent, OutsideGoing, SkillOffer, SkillShare
from peerhood.growth.skills import figures
from peerhood.packs import skills as packed

CIRCLES = ("mellan-norrkoping", "low-tide")
SHARING = 9
# Looked at twice, half a year apart.
DAYS_AGO = (190, 6)


def plant_skills(planted: Planted) -> str:
    chance, keys = planted.draw("skills"), list(packed.current().names)
    said, shares, offers = [], [], []
    for slug in CIRCLES:
        for person in planted.inside(slug)[:SHARING]:
            levels = {key: chance.randint(1, 4) for key in keys if chance.random() < 0.8}
            for days in DAYS_AGO:
                day = (planted.at - timedelta(days=days)).date()
                said.append(Assessment(person=person, made_on=day, levels=dict(levels)))
                levels |= {key: levels[key] + 1 for key in chance.sample(sorted(levels), 4)}
            circle = planted.circles[slug]
            shares.append(SkillShare(person=person, circle=circle))
            offers += [SkillOffer(person=person, circle=circle, key=key) for key in chance.sample(keys, 4)]
    plant(said)
    plant(shares)
    plant(offers)
    for slug in CIRCLES:
        figures.reckon(planted.circles[slug])
    return f"{len(said)} looks at one’s skills, {len(offers)} offers of help"


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
