"""What growth holds of a person, and what becomes of it."""

from peerhood.growth.models import Cycle, Entry, Interest, OpenToTalk, Opportunity, OpportunityReport
from peerhood.people.models import Person
from peerhood.people.own_data.rules import delete, rule

rule(
    Entry,
    "person",
    "hours_of_learning",
    {
        "day": "day",
        "title": "title_outside",
        "provider": "provider_outside",
        "quarters_of_an_hour": "quarters",
        "split": "split",
        "is_education": "is_education",
        "learned": "learned",
        "reflection": "reflection",
        "evidence": "evidence",
    },
    erase=delete,
)
rule(
    Cycle,
    "person",
    "certification_cycles",
    {"certification": "certification", "starts_on": "starts_on", "ends_on": "ends_on"},
    erase=delete,
)


def _circles(said: OpenToTalk, _person: Person) -> list[str]:
    return [str(circle) for circle in said.circles.order_by("pk")]


rule(
    Opportunity,
    "author",
    "opportunities_i_told_of",
    {
        "circle": "circle.name",
        "kind": "kind",
        "title": "title",
        "text": "text",
        "place": "place",
        "link": "link",
        "last_day": "last_day",
        "posted_at": "posted_at",
        "closed_at": "closed_at",
        "hidden_because": "hidden_reason",
    },
    erase=delete,
)
# Whether it was delivered is not said: it would tell of somebody's silence.
rule(
    Interest,
    "person",
    "opportunities_i_am_interested_in",
    {"opportunity": "opportunity.title", "words": "words", "at": "said_at"},
    erase=delete,
)
rule(
    OpportunityReport,
    "by",
    "opportunities_i_reported",
    {"opportunity": "opportunity.title", "text": "text", "at": "created_at"},
    erase=delete,
)
rule(
    OpenToTalk,
    "person",
    "open_to_talk",
    {"about": "kinds", "words": "words", "circles": _circles, "until": "ends_at"},
    erase=delete,
)
