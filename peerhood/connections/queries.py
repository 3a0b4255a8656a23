"""Reads: whom I met somewhere, whom I keep. Every one of them starts from the person who asks."""

from dataclasses import dataclass

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Greatest

from peerhood.connections.models import Connection, ConnectionQuerySet, Note
from peerhood.gatherings.models import Gathering
from peerhood.mixing.models import Encounter
from peerhood.mixing.queries import people_met_at
from peerhood.people.models import Person


@dataclass(frozen=True)
class Met:
    """Somebody I shared a table with, and what I have said; what they said shows only when both have."""

    person: Person
    i_said: bool = False
    is_mutual: bool = False


def gatherings_of(person: Person) -> QuerySet[Gathering]:
    """Gatherings that may ask this person whom they met: those they may see, and those they sat at."""
    sat_at = Encounter.objects.of(person).values("gathering")
    seen = Gathering.objects.visible_to(person).values("pk")
    return Gathering.objects.filter(Q(pk__in=seen) | Q(pk__in=sat_at)).select_related("circle")


def met_at(gathering: Gathering, person: Person) -> list[Met]:
    """Everybody this person shared a table with there, by name, with what this person has said."""
    others = people_met_at(gathering, person)
    pairs = Connection.objects.filter(Q(one=person, other__in=others) | Q(other=person, one__in=others))
    pairs = pairs.select_related("one", "other")
    said = {pair.the_other(person).pk: pair for pair in pairs if pair.said_at(person)}
    return [Met(other, other.pk in said, other.pk in said and said[other.pk].is_mutual()) for other in others]


def shared_a_table(person: Person, gathering: Gathering) -> bool:
    """Whether this person sat with anybody there, in a round that took place."""
    return Encounter.objects.of(person).filter(gathering=gathering).exists()


def said_of(gathering: Gathering, person: Person, other: Person) -> Met | None:
    """The row of one of them; None for somebody this person did not share a table with there."""
    return next((met for met in met_at(gathering, person) if met.person == other), None)


def sat_at_lately(person: Person) -> QuerySet[Gathering]:
    """The last three gatherings at which this person shared a table."""
    sat_at = Encounter.objects.of(person).values("gathering")
    lately = Gathering.objects.filter(pk__in=sat_at).select_related("circle")
    return lately.order_by("-starts_at", "-pk")[:3]


def kept_by(person: Person) -> ConnectionQuerySet:
    """Whom this person keeps: those to get back to first, then the newest. ``my_note`` and
    ``follow_up_on`` are this person's own."""
    about = Case(When(one=person, then=F("other")), default=F("one"))
    my_note = Note.objects.filter(owner=person, about=OuterRef("other_id_of_pair"))
    return (
        Connection.objects.of(person)
        .annotate(other_id_of_pair=about)
        .annotate(
            my_note=Subquery(my_note.values("text")), follow_up_on=Subquery(my_note.values("follow_up_on"))
        )
        .select_related("one", "other", "met_at__circle")
        .prefetch_related("one__affiliations__employer", "other__affiliations__employer")
        .order_by(
            F("follow_up_on").asc(nulls_last=True), Greatest("one_said_at", "other_said_at").desc(), "pk"
        )
    )


def notes_left(person: Person) -> QuerySet[Note]:
    """This person's notes about people they do not keep any more."""
    pairs = Connection.objects.of(person)
    kept = Person.objects.filter(Q(pk__in=pairs.values("one")) | Q(pk__in=pairs.values("other")))
    return (
        Note.objects.filter(owner=person)
        .exclude(about__in=kept)
        .select_related("about")
        .order_by("about__name", "pk")
    )
