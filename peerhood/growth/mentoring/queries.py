"""Reads: who offers in a circle, what is one's own, and for an organiser numbers, never a small one."""

from django.db.models import Q

from peerhood.circles.models import Circle
from peerhood.gatherings.looking_back import FEWEST_SHOWN
from peerhood.growth.models.mentoring import MentoringAsk, MentoringNote, MentoringPair, OfTwoQuerySet
from peerhood.growth.models.opportunity import today_in
from peerhood.people.models import Person


def asks_of(person: Person) -> OfTwoQuerySet:
    return MentoringAsk.objects.visible_to(person).select_related("circle", "mentor", "mentee")


def pairs_of(person: Person) -> OfTwoQuerySet:
    return MentoringPair.objects.visible_to(person).select_related("circle", "mentor", "mentee")


def pairs_between(one: Person, other: Person) -> OfTwoQuerySet:
    """Those that have not ended; for acts alone, which see them whatever the two think of one another."""
    found = MentoringPair.objects.between(one, other).filter(ended_at=None)
    return found.select_related("circle", "mentor", "mentee")


def active_in(circle: Circle) -> OfTwoQuerySet:
    return MentoringPair.objects.filter(circle=circle, ended_at=None, ends_on__gte=today_in(circle))


def note_of(pair: MentoringPair, person: Person) -> MentoringNote:
    """This person's own, written or not."""
    return MentoringNote.objects.filter(pair=pair, person=person).first() or MentoringNote(
        pair=pair, person=person
    )


def numbers_of(circle: Circle) -> dict[str, int | None]:
    """For those who organise: pairs that are and that were; None stands for fewer than five."""
    active = active_in(circle).count()
    over = MentoringPair.objects.filter(circle=circle).filter(
        Q(ended_at__isnull=False) | Q(ends_on__lt=today_in(circle))
    )
    return {"active": _enough(active), "over": _enough(over.count())}


def _enough(count: int) -> int | None:
    return count if count >= FEWEST_SHOWN else None
