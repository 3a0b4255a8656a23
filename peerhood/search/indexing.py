"""Indexing: what things say about themselves is written down as entries.

Each step registers its kinds with a ``Source``: which things there are, and what each of
them tells whom. An act writes the thing it changed in its own transaction; a listener, what
somebody else's act changed. Writing twice changes nothing, so whatever was missed is made
good by writing everything again, every night.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from peerhood.search.folding import distinct_words, folded, mark
from peerhood.search.models import Entry

BATCH = 500

# Two audiences everybody knows; the others name a circle or a person: "circle:7", "person:3".
PUBLIC, MEMBERS = "public", "members"


@dataclass(frozen=True)
class Telling:
    """What some people may find of one thing."""

    object_id: int
    title: str
    words: Sequence[str]
    audiences: Sequence[str]
    # What it can be narrowed by: ("town", "Malmö").
    facets: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Source:
    """A kind of thing: all there are, and what each tells. ``tellings_of`` reads what it needs after the lock."""

    kind: str
    objects: Callable[[], QuerySet[Any]]
    tellings_of: Callable[[list[Any]], Iterable[Telling]]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def kinds() -> list[str]:
    return list(_sources)


@transaction.atomic
def write(kind: str, ids: Iterable[int]) -> int:
    """Make the entries of these things what they tell now; returns how many rows had to change."""
    ids = sorted(set(ids))
    source = _sources[kind]
    # Under the lock, because two writers of one thing must read it one after the other.
    locked = source.objects().filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    things: list[Model] = list(locked)
    wanted: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for telling in source.tellings_of(things) if things else ():
        wanted[telling.object_id].add(_row(kind, telling))
    gone = []
    for pk, object_id, *row in Entry.objects.filter(kind=kind, object_id__in=ids).values_list(
        "pk", "object_id", "title", "words", "marks"
    ):
        if tuple(row) in wanted[object_id]:
            wanted[object_id].discard(tuple(row))
        else:
            gone.append(pk)
    if gone:
        Entry.objects.filter(pk__in=gone).delete()
    new = [
        Entry(kind=kind, object_id=object_id, title=title, words=words, marks=marks)
        for object_id, rows in wanted.items()
        for title, words, marks in sorted(rows)
    ]
    Entry.objects.bulk_create(new, batch_size=BATCH)
    return len(gone) + len(new)


def forget(kind: str, ids: Iterable[int]) -> None:
    """Take things out of the index that are about to go."""
    Entry.objects.filter(kind=kind, object_id__in=list(ids)).delete()


def leave_no_trace() -> None:
    """Write the index anew, so that no block of it holds words that were taken out."""
    # PostgreSQL's vacuum does it by itself; SQLite keeps deleted words until blocks are merged.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index) VALUES('optimize')")


def write_everything() -> dict[str, int]:
    """Write every thing of every kind, and take out what there is no more; how many rows changed of each kind."""
    return {kind: _write_all(kind) for kind in kinds()}


def _write_all(kind: str) -> int:
    there = _sources[kind].objects().order_by("pk").values_list("pk", flat=True)
    changed = sum(write(kind, batch) for batch in _batched(there.iterator(chunk_size=BATCH)))
    entries = Entry.objects.filter(kind=kind)
    orphans = entries.exclude(object_id__in=_sources[kind].objects().order_by().values("pk"))
    return changed + orphans.delete()[0]


def _row(kind: str, telling: Telling) -> tuple[str, str, str]:
    marks = [
        *(mark("a", kind, audience) for audience in telling.audiences),
        *dict.fromkeys(mark("f", *facet) for facet in telling.facets),
    ]
    return folded(telling.title), distinct_words(telling.title, *telling.words), " ".join(marks)


def _batched(ids: Iterable[int]) -> Iterator[list[int]]:
    ids = iter(ids)
    while batch := list(islice(ids, BATCH)):
        yield batch
