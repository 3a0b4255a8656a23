"""Reads: which round is on the screens, who sits where, and whom somebody met."""

from collections import defaultdict

from peerhood.gatherings.models import Gathering
from peerhood.mixing.framing import people_to_seat
from peerhood.mixing.models import Encounter, Round, Seat
from peerhood.people.models import Person


def shown_round(gathering: Gathering) -> Round | None:
    """The latest round that was shown, whether it is over or not."""
    shown = Round.objects.filter(plan__gathering=gathering).exclude(state=Round.State.PLANNED)
    return shown.order_by("-number").first()


def came_and_left(gathering: Gathering) -> tuple[int, int] | None:
    """How many are here without a seat in the last round to come, and how many have one and are not here.

    None where no round is left to change.
    """
    left = Round.objects.filter(plan__gathering=gathering).exclude(state=Round.State.HELD)
    last = left.order_by("-number").first()
    if last is None:
        return None
    seated = set(Seat.objects.filter(round=last).values_list("person", flat=True))
    here = set(people_to_seat(gathering))
    return len(here - seated), len(seated - here)


def tables_of(round: Round) -> list[tuple[int, list[Person]]]:
    """Each table's number and the people at it, in the order they were seated."""
    tables: dict[int, list[Person]] = defaultdict(list)
    for seat in round.seats.select_related("person"):
        tables[seat.table].append(seat.person)
    return sorted(tables.items())


def seat_of(gathering: Gathering, person: Person) -> tuple[Round, int, list[Person]] | None:
    """The round on the screens, this person's table, and who else sits there; None without a seat."""
    shown = shown_round(gathering)
    mine = shown and shown.seats.filter(person=person).first()
    if not shown or not mine:
        return None
    others = shown.seats.filter(table=mine.table).exclude(person=person).select_related("person")
    return shown, mine.table, [seat.person for seat in others]


def people_met_at(gathering: Gathering, person: Person) -> list[Person]:
    """Everybody this person shared a table with there, by name."""
    met = Encounter.objects.of(person).filter(gathering=gathering)
    ids = {id for pair in met.values_list("one", "other") for id in pair} - {person.pk}
    return list(
        Person.objects.filter(pk__in=ids, is_active=True).not_hidden_from(person).order_by("name", "pk")
    )
