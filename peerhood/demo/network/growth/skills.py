"""Skills: a circle sees itself, and some can help with something."""

from datetime import timedelta

from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.growth.models import Assessment, CircleSkill, SkillOffer, SkillShare
from peerhood.growth.skills import figures
from peerhood.packs import skills as packed

# A circle of directors asks about other things than the profession's list does.
OWN_LIST = {
    "lantern-breakfast": [
        "Saying what is not known",
        "Stopping something in public",
        "Choosing whoever comes after me",
        "Staying friends with the finance director",
    ]
}
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
    for slug, names in OWN_LIST.items():
        circle = planted.circles[slug]
        skills = plant(CircleSkill(circle=circle, name=name, position=n) for n, name in enumerate(names))
        # The first of them alone has said something, and nobody else reads it.
        levels = {skill.key: chance.randint(2, 4) for skill in skills}
        made_on = (planted.at - timedelta(days=DAYS_AGO[-1])).date()
        said.append(Assessment(person=planted.inside(slug)[0], circle=circle, made_on=made_on, levels=levels))
    plant(said)
    plant(shares)
    plant(offers)
    for slug in CIRCLES:
        figures.reckon(planted.circles[slug])
    return f"{len(said)} looks at one’s skills, {len(offers)} offers of help"
