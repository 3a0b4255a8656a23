"""Searching: a gathering that was announced is found by whoever may know of its circle, and by its hosts.

A draft is found by nobody.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from peerhood import journal
from peerhood.circles.models import Circle
from peerhood.circles.searching import audiences_of, members_of
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import CoHosting, Gathering
from peerhood.gatherings.queries import with_level
from peerhood.search import indexing
from peerhood.search.indexing import Source, Telling

KIND = "gathering"


def tellings_of(gatherings: list[Gathering]) -> Iterator[Telling]:
    for gathering in gatherings:
        circle = gathering.circle
        said = [gathering.words, gathering.room_name] if gathering.allows(Surface.SEARCH) else []
        words = [*said, circle.name, circle.town]
        hosts = [f"person:{host.pk}" for host in gathering.hosts.all()]
        # Members of a circle that holds it, too, know of it; nobody learns from it that there is such a circle.
        together = [members_of(held.circle) for held in gathering.co_hostings.all() if held.is_agreed()]
        audiences = list(dict.fromkeys([*audiences_of(circle), *together, *hosts]))
        yield Telling(gathering.pk, gathering.title, words, audiences)


def _announced() -> QuerySet[Gathering]:
    return (
        with_level(Gathering.objects.announced())
        .select_related("circle")
        .prefetch_related("hosts", "co_hostings__circle")
    )


indexing.register(Source(KIND, _announced, tellings_of))


@journal.listen("gathering.published")
@journal.listen("gathering.edited")
@journal.listen("gathering.cancelled")
def write(gathering: Gathering) -> None:
    indexing.write(KIND, [gathering.pk])


@journal.listen("co_hosting.agreed")
@journal.listen("co_hosting.withdrawn")
def write_held_together(held: CoHosting) -> None:
    indexing.write(KIND, [held.gathering_id])


@journal.listen("circle.edited")
def write_those_of(circle: Circle) -> None:
    """A circle that closes, or has another name, takes its gatherings with it."""
    indexing.write(KIND, circle.gatherings.values_list("pk", flat=True))
