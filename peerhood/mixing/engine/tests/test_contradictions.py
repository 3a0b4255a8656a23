import pytest

from peerhood.mixing.engine import Contradiction, Problem, Wishes

PEOPLE = ["Ada", "Ben", "Chi", "Dot"]


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"people": []}, ["There is nobody to seat."]),
        ({"tables": []}, ["There are no rounds to mix."]),
        ({"people": [*PEOPLE, "Ada"]}, ["Ada is on the list twice."]),
        ({"tables": [[2, 2], [3]]}, ["There are 4 people but only 3 seats in round 2."]),
        ({"tables": [[4, 0]]}, ["Table 2 in round 1 has no chairs."]),
        (
            {"hosts": {"Ada": 2, "Ben": 2}},
            ["Two hosts are pinned to table 2 in rounds 1 and 2: Ada and Ben."],
        ),
        (
            {"hosts": {"Ada": 2, "Ben": 2}, "absences": {1: ["Ben"]}},
            ["Two hosts are pinned to table 2 in round 2: Ada and Ben."],
        ),
        (
            {"hosts": {"Ada": 1}, "pins": [("Ada", 2, 2)]},
            ["Ada is pinned to two tables in round 2."],
        ),
        (
            {"pins": [("Ada", 1, 1), ("Ben", 1, 1), ("Chi", 1, 1)]},
            ["3 people are pinned to table 1 in round 1, more than it seats (2)."],
        ),
        ({"pins": [("Ada", 3, 1)]}, ["Ada is pinned to table 1 in round 3, which does not exist."]),
        ({"pins": [("Ada", 1, 7)]}, ["Ada is pinned to table 7 in round 1, which does not exist."]),
        ({"pins": [("Eva", 1, 1)]}, ["Eva is pinned to table 1 but is not on the list."]),
        ({"hosts": {"Eva": 1}}, ["Eva is pinned to table 1 but is not on the list."]),
        (
            {"pins": [("Ada", 1, 1)], "absences": {1: ["Ada"]}},
            ["Ada is pinned to table 1 in round 1 but is absent then."],
        ),
        (
            {"wishes": Wishes(keep_apart=[("Ada", "Ben")]), "pins": [("Ada", 1, 1), ("Ben", 1, 1)]},
            ["Ada and Ben are to be kept apart but are pinned to table 1 in round 1."],
        ),
        (
            {"wishes": Wishes(keep_together=[("Ada", "Ben")]), "pins": [("Ada", 1, 1), ("Ben", 1, 2)]},
            ["Ada and Ben are to be kept together but are pinned to different tables in round 1."],
        ),
        (
            {"wishes": Wishes(keep_apart=[("Ada", "Ben")], keep_together=[("Ben", "Ada")])},
            ["Ada and Ben are to be kept apart and to be kept together."],
        ),
        (
            {"wishes": Wishes(keep_apart=[("Ada", "Ben", "Chi")])},
            ["More people (3) are to be kept apart than there are tables (2) in rounds 1 and 2."],
        ),
        (
            {"wishes": Wishes(keep_together=[("Ada", "Ben", "Chi")])},
            ["More people (3) are to be kept together than a table seats (2) in rounds 1 and 2."],
        ),
        (
            {"wishes": Wishes(modes=["mixed", "loud"])},
            ["There must be one mode a round: mixed, similar or diverse."],
        ),
    ],
)
def test_a_contradiction_is_named_before_any_search(changes, messages):
    with pytest.raises(Contradiction) as refused:
        Problem(**{"people": PEOPLE, "tables": [[2, 2]] * 2} | changes)
    assert refused.value.messages == messages


def test_all_contradictions_are_named_at_once():
    with pytest.raises(Contradiction) as refused:
        Problem(PEOPLE, [[2], [2, 2]], hosts={"Ada": 1, "Ben": 1})
    assert refused.value.messages == [
        "There are 4 people but only 2 seats in round 1.",
        "Two hosts are pinned to table 1 in rounds 1 and 2: Ada and Ben.",
    ]


def test_a_clash_is_said_with_the_names_a_host_knows():
    with pytest.raises(Contradiction) as refused:
        Problem([1, 2, 3, 4], [[2, 2]], hosts={1: 1, 2: 1})
    names = {1: "Ada", 2: "Ben"}
    (clash,) = refused.value.clashes
    assert clash.sentence(names.get) == "Two hosts are pinned to table 1 in round 1: Ada and Ben."


def test_a_silent_wish_is_never_named():
    silent = Wishes(not_with=[("Ada", "Ben")], keep_together=[("Ada", "Ben")])
    Problem(PEOPLE, [[2, 2]], wishes=silent, pins=[("Ada", 1, 1), ("Ben", 1, 1)])


def test_a_wish_about_somebody_who_is_not_here_waits():
    wishes = Wishes(companions=[("Ada", "Eva")], greeters=["Eva"], keep_apart=[("Ada", "Eva")])
    Problem(PEOPLE, [[2, 2]], history={("Ada", "Eva"): [1]}, wishes=wishes)
