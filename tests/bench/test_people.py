"""The benchmark of finding people: its world is one that people can be found in, and its table is printed."""

from random import Random

import pytest

from bench import make_people, people
from peerhood.people import searching
from peerhood.people.seeing.visibility import Level
from peerhood.search import indexing
from peerhood.search.finding import find


@pytest.mark.django_db
def test_the_world_has_people_of_each_visibility_and_some_are_found():
    made = make_people.populate(300, Random(1))
    indexing.write_everything()
    assert len({person.visibility.get("name") for person in made}) == 3
    outsider = find("", searching.audiences_of(made[-1]), kind=searching.KIND, upto=25)
    open_ones = [p for p in made if p.visibility.get("name") in (Level.MEMBERS, Level.PUBLIC)]
    assert outsider.count == len({p.pk for p in open_ones} | {made[-1].pk})
    for ask in (
        make_people.question(made[0], "anna", {}),
        make_people.page(make_people.client_of(made[0]), "?q=an"),
    ):
        assert make_people.timed([ask] * 5)["count"] == 5


def test_the_figures_carry_the_names_they_are_asked_for_by():
    small, large = ({what: {"p95_ms": ms} for what in people.WORDS} for ms in (2.0, 5.0))
    figures = people.figures_of({kind: {1_000: small, 100_000: large} for kind in ("sqlite", "postgresql")})
    assert figures["directory_p95_growth_1k_100k"] == 2.5
    asked = [
        "search_p95_ms_100k_sqlite",
        "search_p95_ms_100k_postgresql",
        "others_like_me_p95_ms_100k_sqlite",
    ]
    assert [figures[name] for name in asked] == [5.0] * 3
