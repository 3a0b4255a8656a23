"""What growth holds of a person: all of it is theirs alone."""

from peerhood.growth.models import Cycle, Entry
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
