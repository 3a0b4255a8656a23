"""``peerhood mix --instance``: the benchmark's form, and what is said of one that misses something."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerhood.mixing.shell.tests import running
from peerhood.mixing.shell.tests.instances import EVENING, PURE, price

fuzzed = settings(max_examples=150, deadline=None, database=None)


def mix(document, name="evening-10", *arguments):
    content = document if isinstance(document, str) else json.dumps(document)
    return running.mix("--instance", "-", name, "--json", *arguments, given=content.encode())


@pytest.mark.parametrize("seed", range(5))
def test_a_stranger_reckons_the_same_cost(seed):
    answer = mix({"instances": [PURE, EVENING]}, "evening-10", "--moves", "3000", f"--seed={seed}")
    record = json.loads(answer.stdout)
    assert record["cost"] == price(EVENING, record["rounds"])
    assert record["bound"] <= record["cost"]
    assert record["is_optimal"] == (record["bound"] == record["cost"])


def test_the_record_has_what_the_judge_reads():
    record = json.loads(mix({"instances": [PURE]}, "3-3-4", "--seconds", "1").stdout)
    assert list(record) == ["rounds", "cost", "bound", "is_optimal", "engine", "moves", "seconds"]
    assert record["cost"] == record["bound"] == 0
    assert record["is_optimal"]
    assert record["engine"] in ("compiled", "plain")


@pytest.mark.parametrize("field", [name for name in EVENING if name not in ("name", "kind")])
def test_a_missing_field_is_named(field):
    document = {"instances": [{name: value for name, value in EVENING.items() if name != field}]}
    answer = mix(document)
    assert answer.exit_code == 2
    assert answer.stderr == f"standard input, evening-10: the field {field!r} is missing\n"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "other"}, "field kind: must be one of 'sgp', 'real', not 'other'"),
        ({"N": 1.5}, "field N: must be a whole number from 1 to 5000, not 1.5"),
        ({"sector": [0]}, "field sector: must list 10, not 1"),
        ({"greeters": [10]}, "field greeters[0]: must be a whole number from 0 to 9, not 10"),
        ({"competitors": [[1]]}, "field competitors[0]: must list 2, not 1"),
        ({"hosts": {"x": 1}}, "field hosts: cannot have the key 'x'"),
        ({"hosts": {"0": 1, "1": 1}}, "field hosts: 1 cannot keep 2 tables"),
        ({"hosts": {"9": 1}}, "1 is pinned to table 10 in rounds 1, 2 and 3, which does not exist."),
        (
            {"weights": {**EVENING["weights"], "decay": 2}},
            "field weights.decay: must be a number from 0 to 1",
        ),
        ({"modes": ["mixed"]}, "There must be one mode a round"),
    ],
)
def test_a_field_that_cannot_be_is_named(changes, reason):
    answer = mix({"instances": [EVENING | changes]})
    assert answer.exit_code == 2
    assert reason in answer.stderr


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("nonsense", "is not JSON"),
        ([], "must be an object"),
        ({"instances": [PURE]}, "no instance is called 'evening-10'; there are 3-3-4"),
        ({"instances": [{"name": "evening-10"}]}, "field instances[0]: the field 'kind' is missing"),
        (
            {"instances": [{"name": "evening-10", "kind": "sgp", "g": 5000, "k": 2, "w": 1}]},
            "more than 5000 people",
        ),
    ],
)
def test_a_document_that_is_none_is_refused(document, reason):
    answer = mix(document)
    assert answer.exit_code == 2
    assert reason in answer.stderr


paths = [(field,) for field in EVENING] + [("weights", name) for name in EVENING["weights"]]
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 12) | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("0123x", max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)


@fuzzed
@given(st.lists(st.tuples(st.sampled_from(paths), anything), min_size=1, max_size=2))
def test_whatever_a_field_holds_there_are_seats_or_a_refusal(changes):
    instance = copy.deepcopy(EVENING)
    for path, value in changes:
        holder = instance if len(path) == 1 else instance["weights"]
        if isinstance(holder, dict):
            holder[path[-1]] = value
    answer = mix({"instances": [instance]}, "evening-10", "--moves", "50")
    assert answer.exit_code in (0, 2)
    assert answer.exit_code == 0 or answer.stderr
