"""Asking the traits how many give an answer, and who does.

In SQL: one look at others like me asks some twenty of these, each answered from an index in a tenth
of the time it would take to write the question by way of the ORM.
"""

from collections.abc import Collection, Mapping, Sequence

from django.db import connection

from peerhood.people.models import Trait

Said = tuple[str, str]  # a question, or the town, and the answer to it
TABLE = f'"{Trait._meta.db_table}"'


def count(sayings: Sequence[Said], *, but: int | None = None, levels: Collection[str] = ()) -> int:
    """How many people give all of these answers; with ``levels``, those who show each of them to so many.

    ``but`` is a person who is not counted.
    """
    first, *others = sayings
    where, values = _where("said", first, but, levels)
    for said in others:
        as_well, more = _where("also", said, None, levels)
        where += (
            f" AND EXISTS (SELECT 1 FROM {TABLE} also WHERE also.person_id = said.person_id AND {as_well})"  # noqa: S608
        )
        values += more
    return int(_rows(f"SELECT COUNT(*) FROM {TABLE} said WHERE {where}", values)[0][0])  # noqa: S608


def newest(said: Said, most: int, *, but: int, levels: Collection[str]) -> list[int]:
    """Ids of the newest people who give this answer and show it to so many, without ``but``."""
    # One level at a time is read from the end of the index; several at once would be sorted.
    parts, given = [], list[str | int]()
    for level in levels:
        where, values = _where("said", said, but, [level])
        found = f"SELECT said.person_id AS pk FROM {TABLE} said WHERE {where} ORDER BY pk DESC LIMIT %s"  # noqa: S608
        parts.append(f"SELECT pk FROM ({found}) AS at_{level}")  # noqa: S608
        given += [*values, most]
    return [pk for (pk,) in _rows(f"{' UNION ALL '.join(parts)} ORDER BY pk DESC LIMIT %s", [*given, most])]


def heaviest(
    weights: Mapping[Said, int], most: int, *, among: Collection[int], levels: Collection[str]
) -> list[int]:
    """Ids of those of ``among`` whose shown answers weigh most, from the heaviest on; the newer of equals first."""
    if not among:
        return []
    weight, weighed = "", list[str | int]()
    for said, grams in weights.items():
        weight += ' WHEN said."key" = %s AND said."value" = %s THEN %s'
        weighed += [*said, grams]
    where, values = _given(weights, among, levels)
    asked = (
        f"SELECT said.person_id FROM {TABLE} said WHERE {where} GROUP BY said.person_id"  # noqa: S608
        f" ORDER BY SUM(CASE{weight} END) DESC, said.person_id DESC LIMIT %s"
    )
    return [pk for (pk,) in _rows(asked, [*values, *weighed, most])]


def shared(
    sayings: Collection[Said], *, among: Collection[int], levels: Collection[str]
) -> list[tuple[int, Said]]:
    """Which of these answers they give and show to so many, as pairs of a person's id and an answer."""
    if not among:
        return []
    where, values = _given(sayings, among, levels)
    asked = f'SELECT said.person_id, said."key", said."value" FROM {TABLE} said WHERE {where}'  # noqa: S608
    return [(pk, (key, value)) for pk, key, value in _rows(asked, values)]


def _where(row: str, said: Said, but: int | None, levels: Collection[str]) -> tuple[str, list[str | int]]:
    where = f'{row}."key" = %s AND {row}."value" = %s'
    values: list[str | int] = [*said]
    if but is not None:
        where, values = f"{where} AND {row}.person_id <> %s", [*values, but]
    if levels:
        where, values = f"{where} AND {row}.level IN ({_marks(levels)})", [*values, *levels]
    return where, values


def _given(
    sayings: Collection[Said], among: Collection[int], levels: Collection[str]
) -> tuple[str, list[str | int]]:
    given = " OR ".join(['(said."key" = %s AND said."value" = %s)'] * len(sayings))
    # Numbers of our own, written out: many hundred values would take longer to hand over than to look up.
    ids = ", ".join(str(int(pk)) for pk in among)
    where = f"said.person_id IN ({ids}) AND said.level IN ({_marks(levels)}) AND ({given})"
    return where, [*levels, *(part for said in sayings for part in said)]


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _rows(asked: str, values: Sequence[str | int]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return list(cursor.fetchall())
