"""Searching: what may be found of a person, by whom.

The words of a person are written once for each distance from which somebody may look, and hold
what a card shows from there (``cards.card_of``): nothing found says more than the page it leads
to. Whoever looks asks for what is told to everybody, to members, to their circles, and to them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from babel import Locale
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from peerhood import packs
from peerhood.packs import Pack
from peerhood.people import silence
from peerhood.people.models import INSIDE, Person
from peerhood.people.seeing.cards import answers_to
from peerhood.people.seeing.visibility import Level
from peerhood.search import indexing
from peerhood.search.folding import words_of
from peerhood.search.indexing import MEMBERS, PUBLIC, Source, Telling
from peerhood.search.question import Found

Audiences = Callable[[Person], list[str]]
_further_audiences: list[Audiences] = []
KIND = "person"
TOWN, TOPIC = "town", "topic"
TOPICS = ("ask_me_about", "would_learn", "could_talk")
# From the widest on: a nearer distance tells all that a farther one does.
DISTANCES = (Level.PUBLIC, Level.MEMBERS, Level.CIRCLES, Level.ME)


def write(person: Person) -> None:
    """Write what may be found of a person now. Part of each act that changes it."""
    indexing.write(KIND, [person.pk])


def forget(person: Person) -> None:
    """Take a person out, and every trace of their words, before they are deleted."""
    indexing.forget(KIND, [person.pk])
    indexing.leave_no_trace()


def audiences_of(viewer: Person | AnonymousUser) -> list[str]:
    """As whom somebody searches. One query, and what later steps ask."""
    if not isinstance(viewer, Person):
        return [PUBLIC]
    # Circles come later in the line, so their memberships are named here, not imported.
    inside = viewer.memberships.filter(state__in=INSIDE).values_list("circle", flat=True)
    further = [audience for of in _further_audiences for audience in of(viewer)]
    return [PUBLIC, MEMBERS, f"person:{viewer.pk}", *(f"circle:{pk}" for pk in inside), *further]


def also_as(audiences: Audiences) -> Audiences:
    """Ask a later step, too, as whom somebody searches."""
    _further_audiences.append(audiences)
    return audiences


def left_for(viewer: Person | AnonymousUser, found: Found) -> Found:
    """What was found, without those whom the viewer blocked, and those who blocked the viewer."""
    return found.without(silence.hidden_from(viewer)) if isinstance(viewer, Person) else found


def tellings_of(people: list[Person]) -> Iterator[Telling]:
    """What each of these people tells, the widest audience first."""
    pack, circles = packs.current(), _circles_of(people)
    for person in people:
        if not (person.is_active and person.name.strip()):
            continue
        told: tuple[list[str], list[tuple[str, str]]] | None = None
        for distance in DISTANCES:
            audiences = _audiences(person, distance, circles[person.pk])
            if not audiences or not person.shows("name", distance):
                continue
            said = list(_words(person, distance, pack)), list(_facets(person, distance, pack))
            # Whoever is nearer also hears what is told to those farther away.
            if said != told:
                told = said
                yield Telling(person.pk, person.name, said[0], audiences, said[1])


def _audiences(person: Person, distance: Level, circles: list[int]) -> list[str]:
    return {
        Level.PUBLIC: [PUBLIC],
        Level.MEMBERS: [MEMBERS],
        Level.CIRCLES: [f"circle:{pk}" for pk in circles],
        Level.ME: [f"person:{person.pk}"],
    }[distance]


def _circles_of(people: list[Person]) -> dict[int, list[int]]:
    """The circles each person is inside of by their own yes: a list's word shows nobody (rule 7)."""
    inside = Person.objects.filter(
        pk__in=[person.pk for person in people],
        memberships__state__in=INSIDE,
        memberships__invitations=None,
    )
    circles = defaultdict(list)
    for pk, circle in inside.order_by("pk", "memberships__circle").values_list("pk", "memberships__circle"):
        circles[pk].append(circle)
    return circles


def _words(person: Person, distance: Level, pack: Pack) -> Iterator[str]:
    for field in ("work", "town", *TOPICS):
        if person.shows(field, distance):
            yield getattr(person, field)
    if person.shows("job", distance):
        yield str(person.current_affiliation() or "")
    if person.shows("languages", distance):
        yield from (names for code in person.languages for names in _language_names(code))
    for key in pack.fields:
        if person.shows(f"profile.{key}", distance):
            # In every language of the pack: whoever searches may speak another one.
            for value in answers_to(person, key):
                yield from (pack.answer(key, value, language) for language in pack.languages)


def _facets(person: Person, distance: Level, pack: Pack) -> Iterator[tuple[str, str]]:
    if person.town and person.shows("town", distance):
        yield TOWN, person.town
    for key, field in pack.fields.items():
        if person.shows(f"profile.{key}", distance):
            yield from ((key, value) for value in answers_to(person, key) if value in field.answers)
    for field_name in TOPICS:
        if person.shows(field_name, distance):
            yield from ((TOPIC, word) for word in words_of(getattr(person, field_name)))


@cache
def _language_names(code: str) -> tuple[str, ...]:
    return tuple(Locale.parse(ours, sep="-").languages.get(code, code) for ours, _name in settings.LANGUAGES)


def _everybody() -> QuerySet[Person]:
    return Person.objects.prefetch_related("affiliations__employer")


indexing.register(Source(KIND, _everybody, tellings_of))
