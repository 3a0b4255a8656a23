"""Sprouting: the seed has its yeses, and becomes a circle.

Whoever said yes belongs to it, the planter organises it, all hear of it by mail, and the
plan is told in the journal: gatherings look for a first date. What the seed knew about
anybody else is gone.
"""

from peerhood import journal
from peerhood.circles import founding
from peerhood.circles.models import Circle, Seed
from peerhood.circles.seeding.inviting import mails_of
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import stamps


def open_circle(seed: Seed) -> Circle:
    """Open the circle. The caller holds the seed's lock, and has seen that it grows."""
    people = said_yes(seed)
    circle = founding.found(
        seed.name,
        organiser=seed.planter,
        kind=seed.kind,
        purpose=seed.purpose,
        language=seed.language,
        time_zone=seed.time_zone,
        town=seed.town,
    )
    for person in people:
        membership = circle.memberships.create(person=person)
        journal.record("membership.joined", membership, by=person)
    seed.circle = circle
    let_go(seed, Seed.State.OPENED)
    journal.record("seed.sprouted", seed)
    for person in [seed.planter, *people]:
        sending.send(person, "circles/seed_sprouted", seed=seed, circle=circle)
    stamps.bump(f"circles/{circle.slug}")
    return circle


def said_yes(seed: Seed) -> list[Person]:
    """Who said yes, in that order."""
    return [answer.person for answer in seed.answers.yes().select_related("person")]


def let_go(seed: Seed, state: str) -> None:
    """The seed is over: its link leads nowhere, and what it knew about whom it asked is gone."""
    seed.last_yes_count = seed.answers.yes().count()
    seed.answers.all().delete()
    seed.invitations.all().delete()
    sending.take_back(mails_of(seed))
    seed.state, seed.token_key = state, None
    seed.save(update_fields=["state", "token_key", "last_yes_count", "circle"])
