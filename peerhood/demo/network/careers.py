"""Careers: the job somebody holds and, for some, the one before.

A change of employer falls inside the membership, which it left alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from peerhood.demo.network.content import read
from peerhood.demo.network.offices import Office
from peerhood.people.models import Affiliation, Person

CHANGED_JOB_SHARE = 0.16


def career(
    person: Person, office: Office, title: str, offices: Iterable[Office], draw: Random, today: date
) -> list[Affiliation]:
    """The jobs of one person, the earliest first."""
    joined = person.joined_at.date()
    job = Affiliation(person=person, employer=office.employer, title=title)
    days_inside = (today - joined).days
    if days_inside < 90 or draw.random() > CHANGED_JOB_SHARE:
        job.started_on = joined - timedelta(days=draw.randint(60, 2400))
        return [job]
    job.started_on = joined + timedelta(days=draw.randint(20, days_inside - 20))
    former = draw.choice([o for o in offices if o.language == office.language and o != office])
    before = Affiliation(
        person=person,
        employer=former.employer,
        title=read("jobs")[office.language]["lead"][former.scope][0],
        started_on=joined - timedelta(days=draw.randint(300, 2000)),
        ended_on=job.started_on - timedelta(days=1),
    )
    return [before, job]
