"""Opportunities that members tell of: some are interested, and one is reported to the organisers."""

from datetime import timedelta
from typing import Any

from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.growth.models import Interest, Opportunity, OpportunityReport
from peerhood.growth.models.opportunity import today_in


def plant_opportunities(planted: Planted) -> str:
    every = read("opportunities")["opportunity"]
    told = list(zip(plant(_opportunity(each, planted) for each in every), every, strict=True))
    interests = plant(
        Interest(
            opportunity=opportunity,
            person=planted.people[said["person"]],
            words=said["words"],
            said_at=opportunity.posted_at + timedelta(hours=20),
        )
        for opportunity, each in told
        for said in each.get("interest", [])
    )
    plant(
        OpportunityReport(
            opportunity=opportunity,
            by=planted.people[each["report"]["by"]],
            text=each["report"]["text"],
            created_at=opportunity.posted_at + timedelta(hours=30),
        )
        for opportunity, each in told
        if "report" in each
    )
    return f"{len(told)} opportunities, {len(interests)} are interested"


def _opportunity(told: dict[str, Any], planted: Planted) -> Opportunity:
    circle, posted_at = planted.circles[told["circle"]], planted.at - timedelta(days=told["days_ago"])
    return Opportunity(
        circle=circle,
        author=planted.people[told["author"]],
        kind=told["kind"],
        title=told["title"],
        text=told["text"],
        place=told.get("place", ""),
        last_day=today_in(circle) + timedelta(days=told["last_day"]),
        dated_on=today_in(circle) - timedelta(days=told["days_ago"]),
        posted_at=posted_at,
    )
