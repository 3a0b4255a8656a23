"""Whatever a caller may hand to the engine: sensible, senseless, and in between."""

from hypothesis import strategies as st

from peerhood.mixing.engine import PastGathering, Prices, Wishes

people = st.one_of(st.sampled_from(["Ada", "Ben", "Chi", "Dot", "Eva"]), st.integers(-1, 3), st.none())
counts = st.sampled_from([-1, 0, 1, 2, 3, 4, 5, 6, 9, 10**9])
# Mostly what fits, so that the rest of a problem gets its turn.
mostly_small = st.one_of(st.integers(1, 4), st.integers(1, 4), counts)
some = st.lists(people, max_size=4, unique=True)
groups = st.lists(some, max_size=3)
pairs = st.tuples(people, people)
ages = st.one_of(st.integers(1, 4), st.sampled_from([-60, -1, 0, 0.5, 10**4]))
weights = st.sampled_from([-(10**12), -1, 0, 1, 600, 10**6, 2**31 - 2, 2**31, 10**12])
bearable = st.sampled_from([0, 1, 600, 1_000, 10**7])
traits = st.dictionaries(people, st.one_of(st.none(), st.integers(0, 2), st.text(max_size=2)), max_size=6)
modes = st.lists(st.sampled_from(["mixed", "similar", "diverse", "loud", None]), max_size=4)

wishes = st.builds(
    Wishes,
    companions=groups,
    companions_from_round=counts,
    competitors=groups,
    first_timers=some,
    greeters=some,
    not_with=groups,
    keep_apart=groups,
    keep_together=groups,
    meet_again=st.one_of(st.lists(pairs, max_size=3), st.dictionaries(pairs, bearable, max_size=3)),
    modes=st.one_of(st.just(()), modes),
    similar_in=traits,
    diverse_in=traits,
)
wild_prices = st.fixed_dictionaries(
    {},
    optional={
        "repeat": weights,
        "decay": st.sampled_from([0.6, 0, 1, 2.5, -1, 10**9]),
        "companions": weights,
        "uncovered": weights,
        "unlike": weights,
        "sizes": st.dictionaries(counts, weights, max_size=4),
    },
)
prices = st.builds(
    Prices,
    repeat=bearable,
    decay=st.sampled_from([0.6, 1, 0.0001]),
    uncovered=bearable,
    alike=bearable,
    sizes=st.dictionaries(counts, bearable, max_size=4),
)
gatherings = st.lists(st.builds(PastGathering, age=ages, rounds=st.lists(groups, max_size=2)), max_size=2)
histories = st.one_of(
    gatherings, st.dictionaries(pairs, st.one_of(weights, st.lists(ages, max_size=3)), max_size=4)
)
usual = {
    "people": st.lists(people, min_size=1, max_size=8, unique=True),
    "tables": st.lists(st.lists(st.integers(2, 4), min_size=4, max_size=5), min_size=1, max_size=3),
}
unusual = {
    "people": st.lists(people, max_size=9),
    "tables": st.lists(st.lists(mostly_small, max_size=5), max_size=4),
}
other = {
    "history": histories,
    "wishes": wishes,
    "prices": prices,
    "pins": st.lists(st.tuples(people, mostly_small, mostly_small), max_size=2),
    "hosts": st.dictionaries(people, mostly_small, max_size=2),
    "absences": st.dictionaries(mostly_small, some, max_size=3),
}


@st.composite
def arguments(draw):
    """Some of what ``Problem`` takes; what is not drawn is as usual."""
    room = draw(st.sampled_from([usual, usual, unusual]))
    chosen = draw(st.lists(st.sampled_from(sorted(other)), max_size=3, unique=True))
    return draw(st.fixed_dictionaries(room | {name: other[name] for name in chosen}))
