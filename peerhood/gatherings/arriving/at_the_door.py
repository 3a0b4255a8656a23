"""The list at the door: who is expected, newcomers first, found by a few letters of a name."""

from django.db.models import Case, QuerySet, Value, When

from peerhood.gatherings import queries
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.people.models import Person
from peerhood.search.folding import folded

# One letter is in nearly every name.
FEWEST_LETTERS = 2


def expected(gathering: Gathering, reader: Person, search: str = "") -> QuerySet[Rsvp]:
    """Those with a seat whose name, or a guest's, has every word that was typed in it."""
    rsvps = queries.with_homes(gathering.rsvps.going(), reader)
    rsvps = rsvps.select_related("person", "greeter").prefetch_related("person__affiliations__employer")
    if len(words := folded(search)) >= FEWEST_LETTERS:
        rsvps = rsvps.filter(pk__in=_found(gathering, words.split()))
    new_first = Case(When(person__in=queries.first_timers(gathering), then=Value(0)), default=Value(1))
    return rsvps.order_by(new_first, "person__name", "pk")


def _found(gathering: Gathering, words: list[str]) -> list[int]:
    # A few hundred names are read at once: databases fold no accents, and one of them no Å.
    rsvps = gathering.rsvps.going().select_related("person")
    return [rsvp.pk for rsvp in rsvps if all(word in found_by(rsvp) for word in words)]


def found_by(rsvp: Rsvp) -> str:
    """What somebody is found by: their name, and the names of those they bring.

    >>> found_by(Rsvp(person=Person(name="Åsa Öst"), guest_names=["Nils"], guests_count=1))
    'asa ost nils'
    """
    return folded(" ".join([rsvp.person.name, *named_guests(rsvp)]))


def named_guests(rsvp: Rsvp) -> list[str]:
    names = [str(name).strip() for name in rsvp.guest_names[: rsvp.guests_count]]
    return [name for name in names if name]
