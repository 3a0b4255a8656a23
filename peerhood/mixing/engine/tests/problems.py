"""Problems to try the engine on."""

from hypothesis import settings
from hypothesis import strategies as st

from peerhood.mixing.engine import Contradiction, Problem, Wishes, even_tables

fuzzed = settings(max_examples=30, deadline=None, database=None)


@st.composite
def problems(draw, most_people=12):
    """Small evenings with a little of everything; only those that can be seated."""
    people = [f"p{i}" for i in range(draw(st.integers(3, most_people)))]
    rounds = draw(st.integers(1, 4))
    size = draw(st.integers(2, 5))
    pair = st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True).map(tuple)
    pairs = st.lists(pair, max_size=3)
    some = st.lists(st.sampled_from(people), max_size=4, unique=True)
    table = st.integers(1, len(even_tables(len(people), size)))
    tables = [even_tables(len(people), size)] * rounds
    wishes = Wishes(
        companions=draw(pairs),
        companions_from_round=draw(st.integers(1, 3)),
        competitors=draw(pairs),
        first_timers=draw(some),
        greeters=draw(some),
        not_with=draw(pairs),
        keep_apart=draw(pairs),
        keep_together=draw(st.lists(pair, max_size=1)),
        meet_again=draw(pairs),
        modes=draw(st.sampled_from([(), ["mixed", "similar", "diverse", "similar"][:rounds]])),
        similar_in=draw(st.dictionaries(st.sampled_from(people), st.sampled_from("ab"))),
        diverse_in=draw(st.dictionaries(st.sampled_from(people), st.sampled_from("ab"))),
    )
    try:
        return Problem(
            people,
            tables,
            history=draw(
                st.dictionaries(pair, st.lists(st.integers(1, 4), min_size=1, max_size=3), max_size=8)
            ),
            wishes=wishes,
            pins=draw(
                st.lists(st.tuples(st.sampled_from(people), st.integers(1, rounds), table), max_size=1)
            ),
            hosts=draw(st.dictionaries(st.sampled_from(people), table, max_size=1)),
            absences=draw(st.dictionaries(st.integers(1, rounds), some, max_size=2)),
        )
    except Contradiction:
        return Problem(people, tables, wishes=Wishes(companions=wishes.companions, not_with=wishes.not_with))
