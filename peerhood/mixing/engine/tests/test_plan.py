import pytest

from peerhood.mixing.engine import Contradiction, Problem, Wishes, rebuild

PEOPLE = ["Ada", "Ben", "Chi", "Dot"]
SEATS = [[["Ada", "Ben"], ["Chi", "Dot"]], [["Ada", "Chi"], ["Ben", "Dot"]]]


@pytest.fixture
def plan():
    problem = Problem(
        PEOPLE,
        [[3, 3]] * 2,
        history={("Ada", "Chi"): [1]},
        wishes=Wishes(first_timers=["Ben"], greeters=["Ada"]),
        pins=[("Dot", 2, 2)],
    )
    return rebuild(problem, SEATS)


def test_stored_seats_cost_what_they_cost_when_found(plan):
    assert plan.cost == plan.breakdown["history"] == 600


def test_a_person_meets_others_and_knows_which_are_new(plan):
    assert plan.met("Ada") == ("Ben", "Chi")
    assert plan.new_peers("Ada") == ("Ben",)


def test_the_plan_in_two_numbers(plan):
    told = plan.encounters
    assert (told.met, told.new) == (2, 1.5)
    assert (told.fewest_new, told.median_new, told.most_new) == (1, 1.5, 2)


def test_a_swap_gives_a_new_plan_with_its_cost_reckoned_anew(plan):
    swapped = plan.swap(2, "Chi", "Ben")
    assert swapped.rounds[1] == (("Ada", "Ben"), ("Chi", "Dot"))
    assert swapped.breakdown["repeats"] == 2_000
    assert plan.rounds[1] == (("Ada", "Chi"), ("Ben", "Dot"))


def test_a_swap_that_breaks_a_pin_is_refused(plan):
    with pytest.raises(Contradiction, match=r"^Dot is pinned to table 2 in round 2\.$"):
        plan.swap(2, "Dot", "Ada")


def test_a_move_needs_a_free_chair_and_leaves_nobody_alone(plan):
    crowded = rebuild(Problem("abcdef", [[4, 3]]), [["abc", "def"]])
    assert crowded.move(1, "d", 1).rounds == ((("a", "b", "c", "d"), ("e", "f")),)
    with pytest.raises(Contradiction, match=r"more people at table 2 in round 1 \(4\) than chairs \(3\)"):
        crowded.move(1, "a", 2)
    with pytest.raises(Contradiction, match=r"^Ada would be left alone at table 1 in round 1\.$"):
        plan.move(1, "Ben", 2)
    with pytest.raises(Contradiction, match=r"table 9 .* does not exist"):
        plan.move(1, "Ben", 9)


@pytest.mark.parametrize(
    ("rounds", "message"),
    [
        (SEATS[:1], "These are seats for another number of rounds: 1, not 2."),
        ([SEATS[0], [["Ada", "Chi"], ["Dot"]]], "Ben has no seat in round 2."),
        ([SEATS[0], [["Ada", "Chi", "Ben"], ["Ben", "Dot"]]], "Ben sits twice in round 2."),
        ([SEATS[0], [["Ada", "Chi", "Eva"], ["Ben", "Dot"]]], "Eva has a seat in round 2 but is not there."),
        (
            [SEATS[0], [[], ["Ben", "Dot", "Ada", "Chi"]]],
            "There are more people at table 2 in round 2 (4) than chairs (3).",
        ),
    ],
)
def test_seats_that_break_a_rule_are_not_a_plan(plan, rounds, message):
    with pytest.raises(Contradiction) as refused:
        rebuild(plan.problem, rounds)
    assert refused.value.messages == [message]


def test_a_seat_explains_itself(plan):
    first = plan.explain("Ben", 1)
    assert (first.table, first.new, first.greeters) == (1, ("Ada",), ("Ada",))
    assert str(first) == "Round 1, table 1: 1 of 1 are new to Ben, Ada is there as a greeter."
    second = plan.explain("Ada", 2)
    assert (second.new, second.before, second.again) == ((), ("Chi",), ())
    assert plan.explain("Dot", 2).is_pinned


def test_a_person_who_is_absent_has_no_seat_to_explain():
    problem = Problem(PEOPLE, [[2, 2]], absences={1: ["Dot"]})
    plan = rebuild(problem, [[["Ada", "Ben"], ["Chi"]]])
    assert plan.explain("Dot", 1) is None


def test_a_closed_table_may_be_left_out_of_stored_seats():
    problem = Problem(PEOPLE, [[4, 4]])
    assert rebuild(problem, [[PEOPLE]]).rounds == ((tuple(PEOPLE), ()),)
