"""Reads: whom I met somewhere, whom I keep. Every one of them starts from the person who asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Greatest

from peerhood.connections.models import Connection, ConnectionQuerySet, Note, TalkedAbout
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.queries import with_level
from peerhood.mixing.models import Encounter
from peerhood.mixing.queries import people_met_at
from peerhood.people.models import Affiliation, Person


@dataclass(frozen=True)
class Meeting:
    """Where two people sat together, and what one of them noted that they talked about."""

    gathering: Gathering
    talked_about: str = ""


@dataclass(frozen=True)
class Kept:
    """One of my people as I see them: what they show in their circles, where we sat together, and what is mine."""

    person: Person
    connection: Connection
    meetings: list[Meeting]
    my_note: str = ""
    follow_up_on: date | None = None

    @property
    def job(self) -> Affiliation | None:
        return self.person.current_affiliation() if self.person.shows("job") else None

    @property
    def ask_about(self) -> str:
        return self.person.ask_me_about if self.person.shows("ask_me_about") else ""

    def says(self, words: str) -> bool:
        """Whether each of the words stands somewhere in what is shown of them, or in my note."""
        shown = (
            str(self.person),
            self.person.work_in_circles,
            str(self.job or ""),
            self.ask_about,
            self.my_note,
        )
        there = (words for each in self.meetings for words in (each.gathering.title, each.talked_about))
        text = " ".join((*shown, *there)).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class Met:
    """Somebody I shared a table with, and what I have said; what they said shows only when both have."""

    person: Person
    i_said: bool = False
    is_mutual: bool = False
    # For me alone, as all that I say here.
    talked_about: str = ""


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
    lines = dict(TalkedAbout.objects.filter(owner=person, gathering=gathering).values_list("about", "words"))
    return [
        Met(other, other.pk in said, other.pk in said and said[other.pk].is_mutual(), lines.get(other.pk, ""))
        for other in others
    ]


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


def my_people(person: Person, search: str = "") -> list[Kept]:
    """Whom this person keeps, in the order of ``kept_by``; a fixed number of queries.

    Searched here and not by the database: only what is shown may be found, and whether it is hangs on each of them.
    """
    connections = list(kept_by(person))
    meetings = _meetings_of(person, connections)
    found = (
        Kept(
            them := connection.the_other(person),
            connection,
            meetings[them.pk],
            connection.my_note or "",
            connection.follow_up_on,
        )
        for connection in connections
    )
    return [each for each in found if each.says(search)]


def _meetings_of(person: Person, connections: Iterable[Connection]) -> dict[int, list[Meeting]]:
    """By the other's key, the gatherings at which they sat together, the earliest first.

    Where the first word was said is among them, also when its round is forgotten.
    """
    pairs = {
        (other if one == person.pk else one, gathering)
        for one, other, gathering in Encounter.objects.of(person).values_list("one", "other", "gathering")
    } | {(each.the_other(person).pk, each.met_at_id) for each in connections if each.met_at_id}
    at = with_level(Gathering.objects.filter(pk__in={gathering for _them, gathering in pairs}))
    said = TalkedAbout.objects.filter(owner=person).values_list("about", "gathering", "words")
    lines = {(about, met_at): words for about, met_at, words in said}
    found: dict[int, list[Meeting]] = defaultdict(list)
    gatherings = {each.pk: each for each in at.select_related("circle").order_by("starts_at", "pk")}
    for pk, gathering in gatherings.items():
        for them in sorted(them for them, met_at in pairs if met_at == pk):
            found[them].append(Meeting(gathering, lines.get((them, pk), "")))
    return found


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
