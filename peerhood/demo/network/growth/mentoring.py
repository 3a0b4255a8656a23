"""Mentoring: members who offer it, pairs who have agreed, and one who asks and waits."""

from datetime import timedelta
from typing import Any

from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.growth.models import MentoringAsk, MentoringGoal, MentoringNote, MentoringPair, MentorOffer
from peerhood.growth.models.opportunity import today_in

State = MentoringAsk.State


def plant_mentoring(planted: Planted) -> str:
    told = read("mentoring")
    offers = plant(
        MentorOffer(
            circle=planted.circles[each["circle"]],
            person=planted.people[each["person"]],
            about=each["about"],
            cap=each["cap"],
        )
        for each in told["offer"]
    )
    asks = zip(plant(_ask(each, planted) for each in told["ask"]), told["ask"], strict=True)
    agreed = [(ask, each) for ask, each in asks if ask.state == State.ACCEPTED]
    pairs = list(
        zip(plant(_pair(ask) for ask, _each in agreed), (each for _ask, each in agreed), strict=True)
    )
    plant(
        MentoringGoal(pair=pair, position=number, text=text, is_done=number < each["done"])
        for pair, each in pairs
        for number, text in enumerate(each["goals"])
    )
    plant(MentoringNote(pair=pair, person=pair.mentee, text=each["note"]) for pair, each in pairs)
    return f"{len(offers)} offers to mentor, {len(pairs)} pairs"


def _ask(told: dict[str, Any], planted: Planted) -> MentoringAsk:
    """Answered after a day, where there are goals that are done."""
    circle, asked_at = planted.circles[told["circle"]], planted.at - timedelta(days=told["days_ago"])
    is_agreed = "done" in told
    return MentoringAsk(
        circle=circle,
        mentor=planted.people[told["mentor"]],
        mentee=planted.people[told["mentee"]],
        why=told["why"],
        goals="\n".join(told["goals"]),
        ends_on=today_in(circle) + timedelta(days=told["lasts"] - told["days_ago"]),
        state=State.ACCEPTED if is_agreed else State.OPEN,
        asked_at=asked_at,
        answered_at=asked_at + timedelta(days=1) if is_agreed else None,
    )


def _pair(ask: MentoringAsk) -> MentoringPair:
    return MentoringPair(
        ask=ask,
        circle=ask.circle,
        mentor=ask.mentor,
        mentee=ask.mentee,
        starts_on=(ask.answered_at or ask.asked_at).date(),
        ends_on=ask.ends_on,
    )
