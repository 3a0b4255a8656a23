"""Answering: whoever has the link says yes, or no, and may think again while the seed grows.

A yes shows one's name to the planter and to whoever else said yes. A no is a number to
them, and a keyed hash to us. The yes that reaches the threshold opens the circle.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.circles.models import Seed, SeedAnswer, SeedInvitation
from peerhood.circles.seeding import keys, sprouting
from peerhood.circles.seeding.planting import lock
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

Said = SeedAnswer.Said


def behind(token: str) -> Seed | None:
    """The seed a link leads to; none when it is unknown, was replaced, or its seed is over."""
    key = keys.of_token(token)
    growing = Seed.objects.growing().select_related("planter")
    invited = SeedInvitation.objects.filter(token_key=key).values("seed")
    return growing.filter(token_key=key).first() or growing.filter(pk__in=invited).first()


def answer_of(seed: Seed, person: Person) -> str:
    """What this person said: yes, no, or nothing yet."""
    mine = seed.answers.filter(person_key=keys.of_person(seed, person))
    return mine.values_list("said", flat=True).first() or ""


@transaction.atomic
def say_yes(seed: Seed, person: Person) -> Seed:
    """Be one of those who want it. The seed that comes back may have become a circle.

    The journal does not learn who: when a seed ends, nothing may tell who had wanted it.
    """
    seed = _growing(seed, person)
    if _write(seed, person, Said.YES):
        journal.record("seed.welcomed", seed)
        if seed.answers.yes().count() >= seed.threshold:
            sprouting.open_circle(seed)
    return seed


@transaction.atomic
def say_no(seed: Seed, person: Person) -> None:
    """Not be asked again by this seed."""
    seed = _growing(seed, person)
    if _write(seed, person, Said.NO):
        journal.record("seed.declined", seed)


@transaction.atomic
def take_back(seed: Seed, person: Person) -> None:
    """Take one's yes back, as if nothing had been said."""
    seed = _growing(seed, person)
    if seed.answers.yes().filter(person=person).delete()[0]:
        journal.record("seed.unwelcomed", seed)


def _growing(seed: Seed, person: Person) -> Seed:
    # The journal does not say who answers, so it does not ask whether they are still here.
    presence.hold(person)
    # Everything about one seed waits in line here: two last yeses cannot both open the circle.
    seed = lock(seed)
    if not seed.is_growing():
        raise Refusal(_("This seed does not grow any more."))
    if seed.planter_id == person.pk:
        raise Refusal(_("This is your own seed: you are in already."))
    return seed


def _write(seed: Seed, person: Person, said: str) -> bool:
    """Write the answer down; False when it was that before."""
    key = keys.of_person(seed, person)
    if seed.answers.filter(person_key=key, said=said).exists():
        return False
    seed.answers.filter(person_key=key).delete()
    seed.answers.create(person_key=key, said=said, person=person if said == Said.YES else None)
    return True
