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


def numbers_of(round: Round) -> list[int]:
    """The numbers of the tables of a round, in their order."""
    return sorted(set(round.seats.values_list("table", flat=True)))


def seat_of(gathering: Gathering, person: Person) -> tuple[Round, int, list[Person]] | None:
    """The round on the screens, this person's table, and who else sits there; None without a seat."""
    shown = shown_round(gathering)
    mine = shown and shown.seats.filter(person=person).first()
    if not shown or not mine:
        return None
    others = shown.seats.filter(table=mine.table).exclude(person=person).select_related("person")
    return shown, mine.table, [seat.person for seat in others]


def table_of(round: Round, person: Person) -> tuple[int, list[Person]] | None:
    """This person's table in a round and everybody at it, themselves too, as they were seated; one query."""
    mine = round.seats.filter(person=person).values("table")
    seats = list(round.seats.filter(table__in=mine).order_by("pk").select_related("person"))
    return (seats[0].table, [seat.person for seat in seats]) if seats else None


def place_of(round: Round) -> tuple[int, int]:
    """The how-manieth of the plan's rounds it is, and how many those are; groups of a format do not count."""
    rounds = Round.objects.filter(plan=round.plan_id, group_size=None)
    numbers = list(rounds.values_list("number", flat=True))
    return numbers.index(round.number) + 1 if round.number in numbers else 0, len(numbers)


def people_met_at(gathering: Gathering, person: Person) -> list[Person]:
    """Everybody this person shared a table with there, by name."""
    met = Encounter.objects.of(person).filter(gathering=gathering)
    ids = {id for pair in met.values_list("one", "other") for id in pair} - {person.pk}
    return list(
        Person.objects.filter(pk__in=ids, is_active=True).not_hidden_from(person).order_by("name", "pk")
    )
