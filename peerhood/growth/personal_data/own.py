"""Hours, certificates and years: theirs alone."""

from peerhood.growth.models import Certificate, Cycle, Entry, Uncounted, YearSummary
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
