"""Reads: one's own coffees and rounds; for an organiser counts, and never a small one."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import now

from peerhood.circles.models import Circle
from peerhood.circles.queries import circles_of
from peerhood.connections.coffee import openers
from peerhood.connections.models import (
    Coffee,
    CoffeeCadence,
    CoffeeHabit,
    CoffeeQuerySet,
    CoffeeRound,
    CoffeeSeat,
)
from peerhood.gatherings.looking_back import FEWEST_SHOWN
from peerhood.people.models import Person


def coffees_of(person: Person) -> CoffeeQuerySet:
    """This person's own, newest first."""
    return Coffee.objects.visible_to(person).select_related("asker", "asked").order_by("-made_at", "-pk")


@dataclass(frozen=True)
class Cup:
    """One's coffee in a round: with whom, and how to begin."""

    seat: CoffeeSeat
    others: list[Person]
    opener: str

    @property
    def is_over(self) -> bool:
        return self.seat.round.ends_at <= now()


def cup_of(round: CoffeeRound | None, person: Person) -> Cup | None:
    """None until the pairs are made, and for somebody who has no seat."""
    if round is None or round.paired_at is None:
        return None
    seat = round.seats.filter(person=person).select_related("round").first()
    if seat is None:
        return None
    others: list[Person] = []
    if seat.pair is not None:
        together = round.seats.filter(pair=seat.pair).exclude(person=person)
        here = Person.objects.filter(is_active=True).not_hidden_from(person)
        others = list(here.filter(pk__in=together.values("person")).order_by("name", "pk"))
    return Cup(seat, others, openers.for_reader(round, person, others) if others else "")


@dataclass(frozen=True)
class Rounds:
    """A circle's coffee as one member reads it."""

    circle: Circle
    cadence: CoffeeCadence | None
    open: CoffeeRound | None
    takes_part: bool
    habit: CoffeeHabit | None
    cup: Cup | None
    earlier: Cup | None


def circles_with_coffee(person: Person) -> QuerySet[Circle]:
    """Circles whose rounds this person may take part in: their own, and open ones of the family that say so."""
    mine = circles_of(person)
    roots = mine.exclude(parent=None).values("parent")
    family = Q(pk__in=roots) | Q(parent__in=roots) | Q(parent__in=mine.values("pk"))
    across = Circle.objects.filter(
        family, coffee_cadence__across_chapters=True, kind__in=Circle.OPEN_KINDS
    ).values("pk")
    return Circle.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=across)).order_by("name")


def rounds_for(circle: Circle, person: Person) -> Rounds:
    rounds = CoffeeRound.objects.filter(circle=circle).select_related("circle")
    is_open = rounds.open().order_by("pairs_at").first()
    mine = rounds.paired().filter(seats__person=person)
    latest, before = [*mine[:2], None, None][:2]
    return Rounds(
        circle=circle,
        cadence=CoffeeCadence.objects.filter(circle=circle).select_related("circle").first(),
        open=is_open,
        takes_part=is_open is not None and is_open.seats.filter(person=person).exists(),
        habit=CoffeeHabit.objects.filter(circle=circle, person=person).first(),
        cup=cup_of(latest, person),
        earlier=cup_of(before, person),
    )


@dataclass(frozen=True)
class Numbers:
    """A round in numbers; None stands for fewer than five."""

    round: CoffeeRound
    took_part: int | None
    met: int | None


def numbers_of(circle: Circle, how_many: int = 6) -> list[Numbers]:
    """The last rounds, for those who organise: how many took part, and how many say that they met."""
    counted = CoffeeRound.objects.filter(circle=circle).paired().annotate(
        took_part=Count("seats", Q(seats__pair__isnull=False)), met=Count("seats", Q(seats__met=True))
    )  # fmt: skip
    return [Numbers(each, _enough(each.took_part), _enough(each.met)) for each in counted[:how_many]]


def _enough(count: int) -> int | None:
    return count if count >= FEWEST_SHOWN else None
