"""What growth holds of a person: theirs alone, but for what they put before a circle."""

from peerhood.growth.models import (
    Assessment,
    Certificate,
    Cycle,
    Entry,
    OutsideEvent,
    OutsideGoing,
    SkillFigureAnswer,
    SkillOffer,
    SkillShare,
    Uncounted,
    YearSummary,
)
from peerhood.growth.skills.lists import names_of
from peerhood.people.models import Person
from peerhood.people.own_data.rules import delete, let_go, rule

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
rule(
    Certificate,
    "holder",
    "certificates",
    {
        "name": "name",
        "title": "title_outside",
        "provider": "provider_outside",
        "day": "day",
        "quarters_of_an_hour": "quarters",
        "learning_outcomes": lambda certificate, _person: certificate.outcomes_outside,
        "id": "uid",
        "issued_at": "issued_at",
        "withdrawn_at": "withdrawn_at",
        "withdrawn_with": "withdrawn_with",
    },
    # Whoever asks at its address is told that there is none.
    erase=delete,
)
rule(
    YearSummary,
    "owner",
    "years_in_ones_own_words",
    {"year": "year", "words": "words", "left_out": "left_out"},
    erase=delete,
)
rule(
    Uncounted,
    "owner",
    "put_away_uncounted",
    {"gathering": "gathering.title"},
    erase=delete,
)
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
