"""How they see their skills, which is theirs alone, and what they put before a circle."""

from peerhood.growth.models import (
    Assessment,
    OutsideEvent,
    OutsideGoing,
    SkillFigureAnswer,
    SkillOffer,
    SkillShare,
)
from peerhood.growth.skills.lists import names_of
from peerhood.people.models import Person
from peerhood.people.own_data.rules import delete, let_go, rule

rule(
    OutsideEvent,
    "listed_by",
    "outside_events_i_listed",
    {
        "circle": "circle.name",
        "title": "title",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "place": "place",
        "link": "link",
        "why": "why",
    },
    erase=let_go,
)
rule(
    OutsideGoing,
    "person",
    "outside_events_i_go_to",
    {"title": "event.title", "starts_on": "event.starts_on", "is_shown": "is_shown"},
    erase=delete,
)


def _skills_list(assessment: Assessment, person: Person) -> str:
    return str(assessment.circle or "")


def _levels(assessment: Assessment, person: Person) -> dict[str, int]:
    names = names_of(assessment.levels, person.language)
    return {names.get(key, key): level for key, level in assessment.levels.items()}


def _offered(offer: SkillOffer, person: Person) -> str:
    return names_of([offer.key], person.language).get(offer.key, offer.key)


rule(
    Assessment,
    "person",
    "skills_as_i_saw_them",
    {"list_of": _skills_list, "on": "made_on", "levels": _levels},
    erase=delete,
)
rule(SkillShare, "person", "skills_i_share", {"with": "circle.name", "since": "since"}, erase=delete)
rule(
    SkillOffer,
    "person",
    "what_i_can_help_with",
    {"circle": "circle.name", "skill": _offered, "since": "since"},
    erase=delete,
)
# The figure stays as it was counted, and no longer says whose answer is in it.
rule(
    SkillFigureAnswer,
    "person",
    unsaid="It is a copy of what they said of themselves, which is told.",
    erase=delete,
)
