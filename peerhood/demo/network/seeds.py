"""Seeds: one that grows, with four of the six yeses it takes; and a circle that looks for a date."""

from datetime import timedelta
from random import Random

from peerhood.circles.models import Seed, SeedAnswer, SeedInvitation
from peerhood.circles.seeding import keys
from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.gatherings import polling, series_templates
from peerhood.gatherings.models import DatePoll, Slot, SlotAnswer
from peerhood.people.models import Person

WORDS = (
    *("name", "town", "language", "time_zone", "kind", "cadence", "weekday"),
    *("starts_at_time", "threshold", "size", "themes"),
)


def plant_seeds(planted: Planted) -> str:
    draw = planted.draw("seeds")
    seeds = [_seed(spec, planted, draw) for spec in read("seeds")["seed"]]
    poll = _poll(planted, draw)
    return f"{len(seeds)} seed, a poll about {poll.slots.count()} dates"


def _seed(spec: dict, planted: Planted, draw: Random) -> Seed:
    """Its link is known to nobody: the planter makes a new one on the seed's page."""
    (seed,) = plant(
        [
            Seed(
                planter=planted.people[spec["planter"]],
                purpose=spec["purpose"].strip(),
                state=Seed.State.GROWING,
                token_key=keys.of_token(keys.new_token()),
                created_at=planted.at - timedelta(days=12),
                sprouts_by=planted.at.date() + timedelta(days=spec["grows_for_days"]),
                **{name: spec[name] for name in WORDS},
            )
        ]
    )
    told = [planted.people[address] for address in spec["said_yes"]]
    others = [person for person in planted.inside("mellan-norrkoping") if person not in [seed.planter, *told]]
    draw.shuffle(others)
    yes = [*told, *others][: spec["yes_count"]]
    no = others[-spec["said_no_count"] :]
    plant(_answer(seed, person, SeedAnswer.Said.YES) for person in yes)
    plant(_answer(seed, person, SeedAnswer.Said.NO) for person in no)
    plant(
        SeedInvitation(
            seed=seed,
            address_key=keys.of_address(seed, f"invited{number}@example.org"),
            token_key=keys.of_token(keys.new_token()),
        )
        for number in range(spec["asked_count"])
    )
    return seed


def _answer(seed: Seed, person: Person, said: str) -> SeedAnswer:
    named = person if said == SeedAnswer.Said.YES else None
    return SeedAnswer(seed=seed, person=named, person_key=keys.of_person(seed, person), said=said)


def _poll(planted: Planted, draw: Random) -> DatePoll:
    spec = read("seeds")["poll"]
    series = planted.series[spec["circle"]]
    organiser = next(m.person for m in planted.members[spec["circle"]] if m.is_contact)
    (poll,) = plant(
        [
            DatePoll(
                circle=series.circle,
                series=series,
                title=spec["title"],
                opened_by=organiser,
                opened_at=planted.at - timedelta(days=3),
            )
        ]
    )
    length = timedelta(minutes=series_templates.get(series.template).length)
    starts = polling.proposed_starts(series)
    slots = plant(Slot(poll=poll, starts_at=start, ends_at=start + length) for start in starts)
    # The organiser has still to say what suits her.
    others = [person for person in planted.inside(spec["circle"]) if person != organiser]
    answering = draw.sample(others, round(len(others) * spec["answered_share"]))
    words = [SlotAnswer.Said.YES, SlotAnswer.Said.YES, SlotAnswer.Said.IF_NEEDED, SlotAnswer.Said.NO]
    plant(
        SlotAnswer(slot=slot, person=person, said=draw.choice(words))
        for slot in slots
        for person in answering
    )
    return poll
