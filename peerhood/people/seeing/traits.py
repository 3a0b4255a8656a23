"""Traits: a profile's answers as rows, so that people alike are counted and found among very many.

They are written again with each change of a profile, in the same transaction.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from peerhood import packs
from peerhood.packs import Pack
from peerhood.people.models import Person, Trait
from peerhood.people.seeing.cards import answers_to
from peerhood.people.seeing.visibility import WIDTH, level_of

TOWN = "town"


def write(people: Iterable[Person], pack: Pack) -> None:
    """Make the rows of these people what their profiles say now."""
    people = list(people)
    Trait.objects.filter(person__in=people).delete()
    Trait.objects.bulk_create(
        [trait for person in people for trait in traits_of(person, pack)], batch_size=1000
    )


def traits_of(person: Person, pack: Pack) -> Iterator[Trait]:
    """What of a person can be alike with others: what a pack says is shared, and the town."""
    if not person.is_active:
        return
    for key, asked in pack.fields.items():
        for value in answers_to(person, key):
            if value in asked.shared:
                yield _trait(person, key, value, f"profile.{key}")
    if town := folded_town(person.town):
        yield _trait(person, TOWN, town, "town")


def _trait(person: Person, key: str, value: str, field: str) -> Trait:
    # Somebody whose name is seen by fewer is not found by this answer by the others.
    levels = [level_of(person.visibility, field), level_of(person.visibility, "name")]
    return Trait(person=person, key=key, value=value, level=min(levels, key=WIDTH.__getitem__))


def folded_town(town: str) -> str:
    """
    >>> folded_town("  NORRKÖPING ")
    'norrköping'
    """
    return " ".join(town.split()).casefold()


def write_everybody() -> None:
    """Write all rows again: a network may have changed its pack, or its pack what is shared."""
    pack = packs.current()
    everybody = Person.objects.filter(welcomed_at__isnull=False).order_by("pk")
    for batch in batched(everybody.iterator(chunk_size=500), 500):
        with transaction.atomic():
            # Whoever changes their profile meanwhile waits for these, or these for them.
            write(Person.objects.select_for_update().filter(pk__in=[person.pk for person in batch]), pack)


def batched(people: Iterable[Person], size: int) -> Iterator[list[Person]]:
    people = iter(people)
    while batch := list(islice(people, size)):
        yield batch
