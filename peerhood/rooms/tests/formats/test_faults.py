"""What is wrong with a recipe. Each fault has a twin without it, which has none."""

from dataclasses import replace

import pytest

from peerhood.rooms.formats.faults import LISTENER, faults_in, found_in
from peerhood.rooms.formats.recipe import Clock, Contribution, Grouping, Part, Recipe, Role, Step

LISTENS = Role(LISTENER, "Listening only")
TALK = Step("A talk")
TOPICS = Step("Topics", contribution=Contribution.TOPIC)
PAIRS = Step("Pairs", grouping=Grouping.PAIRS)


def of(*steps, **fields):
    return Recipe("talks", "Talks", roles=(LISTENS,), parts=(Part(tuple(steps)),), **fields)


SOUND = of(TALK)
# (with the fault, without it, what is said about it)
PAIRED = {
    "no title": (of(replace(TALK, title=" ")), SOUND, "Say what it is called."),
    "no time": (of(replace(TALK, seconds=0)), of(replace(TALK, seconds=1)), "between a second and four"),
    "too much time": (of(replace(TALK, seconds=14_401)), of(replace(TALK, seconds=14_400)), "four hours"),
    "a warning after the end": (
        of(replace(TALK, seconds=60, warns=60)),
        of(replace(TALK, seconds=60, warns=59)),
        "before the end",
    ),
    "tables of one": (
        of(replace(TALK, grouping=Grouping.TABLES, group_size=1)),
        of(replace(TALK, grouping=Grouping.TABLES, group_size=2)),
        "Between 2 and 20",
    ),
    "tables of twenty-one": (
        of(replace(TALK, grouping=Grouping.TABLES, group_size=21)),
        of(replace(TALK, grouping=Grouping.TABLES, group_size=20)),
        "Between 2 and 20",
    ),
    "joined without groups": (
        of(TALK, replace(TALK, grouping=Grouping.JOINED)),
        of(PAIRS, replace(TALK, grouping=Grouping.JOINED)),
        "Two groups become one",
    ),
    "together as before, without a before": (
        of(replace(TALK, grouping=Grouping.SAME)),
        of(PAIRS, replace(TALK, grouping=Grouping.SAME), replace(TALK, grouping=Grouping.SAME)),
        "They stay together",
    ),
    "dots on nothing": (
        of(replace(TALK, contribution=Contribution.DOTS)),
        of(TOPICS, replace(TALK, contribution=Contribution.DOTS)),
        "nothing to vote on",
    ),
    "thumbs on nothing": (
        of(replace(TALK, contribution=Contribution.THUMBS), TOPICS),
        of(TOPICS, replace(TALK, contribution=Contribution.THUMBS)),
        "nothing to vote on",
    ),
    "a topic's time without topics": (
        of(replace(TOPICS, contribution=Contribution.IDEA), replace(TALK, clock=Clock.PER_TOPIC)),
        of(TOPICS, replace(TALK, clock=Clock.PER_TOPIC)),
        "no topics yet",
    ),
    "more time for what is no topic": (
        of(TOPICS, replace(TALK, extends=(60,))),
        of(TOPICS, replace(TALK, clock=Clock.PER_TOPIC, extends=(60,))),
        "Only a topic",
    ),
    "no more time at all": (
        of(TOPICS, replace(TALK, clock=Clock.PER_TOPIC, extends=(0,))),
        of(TOPICS, replace(TALK, clock=Clock.PER_TOPIC, extends=(1,))),
        "More time is",
    ),
    "too many each": (of(replace(TOPICS, each=21)), of(replace(TOPICS, each=20)), "At most 20 each"),
    "an unknown role": (
        of(replace(TALK, role="king")),
        of(replace(TALK, role=LISTENER)),
        "no such role",
    ),
    "nobody may listen": (replace(SOUND, roles=()), SOUND, "Nobody may just listen"),
    "more people than may": (
        replace(SOUND, fewest=9, most=8),
        replace(SOUND, fewest=8, most=8),
        "more people",
    ),
    "no people": (replace(SOUND, fewest=0), replace(SOUND, fewest=1), "Between 1 and 1000 people"),
    "no name": (replace(SOUND, name=""), SOUND, "Say what it is called."),
    "sixty-one steps": (of(*[TALK] * 61), of(*[TALK] * 60), "at most 60 steps"),
    "no steps": (replace(SOUND, parts=()), SOUND, "at least one step"),
    "an empty part": (
        replace(SOUND, parts=(*SOUND.parts, Part(()))),
        replace(SOUND, parts=SOUND.parts * 2),
        "A part has at least one step",
    ),
    "too often": (
        replace(SOUND, parts=(Part((TALK,), 21),)),
        replace(SOUND, parts=(Part((TALK,), 20),)),
        "At most 20 times",
    ),
    "an unknown rule": (
        of(replace(TALK, level="secret")),
        of(replace(TALK, level="chatham")),
        "no such rule",
    ),
    "a rule that it is under anyway": (
        of(replace(TALK, level="open")),
        of(replace(TALK, level="chatham")),
        "under that rule already",
    ),
    "nobody says who they are": (
        replace(SOUND, first_names_only=True),
        replace(SOUND, parts=SOUND.parts * 2, first_names_only=True),
        "a last part is needed",
    ),
    "a long title": (of(replace(TALK, title="x" * 81)), of(replace(TALK, title="x" * 80)), "At most 80"),
    "a long question": (of(replace(TALK, says="x" * 301)), of(replace(TALK, says="x" * 300)), "At most 300"),
    "a long script": (
        of(replace(TALK, script="x" * 1001)),
        of(replace(TALK, script="x" * 1000)),
        "At most 1000",
    ),
    "no cards to sort": (
        replace(of(replace(TALK, contribution=Contribution.VALUES)), cards=("Calm",)),
        replace(of(replace(TALK, contribution=Contribution.VALUES)), cards=("Calm", "Pace")),
        "no cards to sort",
    ),
    "too many cards": (replace(SOUND, cards=("x",) * 61), replace(SOUND, cards=("x",) * 60), "At most 60"),
    "a long card": (replace(SOUND, cards=("x" * 81,)), replace(SOUND, cards=("x" * 80,)), "At most 80"),
    "a long thing to bring": (
        replace(SOUND, brings=("x" * 81,)),
        replace(SOUND, brings=("x" * 80,)),
        "At most 80",
    ),
    "a long name": (replace(SOUND, name="x" * 81), replace(SOUND, name="x" * 80), "At most 80"),
    "a long word for one time": (
        replace(SOUND, parts=(Part((TALK,), each="x" * 81),)),
        replace(SOUND, parts=(Part((TALK,), each="x" * 80),)),
        "At most 80",
    ),
}


@pytest.mark.parametrize("what", PAIRED)
def test_a_fault_is_said_and_without_it_there_is_none(what):
    faulty, sound, words = PAIRED[what]
    (said,) = faults_in(faulty)
    assert words in said
    assert faults_in(sound) == []


def test_a_rule_is_measured_against_that_of_the_item():
    recipe = of(replace(TALK, level="chatham"))
    assert faults_in(recipe, "open") == []
    assert len(faults_in(recipe, "chatham")) == len(faults_in(recipe, "confidential")) == 1


def test_the_first_step_of_a_part_that_comes_again_follows_its_last():
    again = Step("Together again", grouping=Grouping.SAME)
    loop = Recipe("t", "T", roles=(LISTENS,), parts=(Part((PAIRS,)), Part((again, TALK), times=2)))
    assert [(fault.part, fault.step) for fault in found_in(loop)] == [(1, 0)]
    once = replace(loop, parts=(loop.parts[0], replace(loop.parts[1], times=1)))
    assert found_in(once) == []


def test_a_fault_says_where_it_is_and_which_field():
    recipe = Recipe("t", "T", roles=(LISTENS,), parts=(Part((TALK,)), Part((TALK, Step("")))))
    (fault,) = found_in(recipe)
    assert (fault.part, fault.step, fault.field) == (1, 1, "title")
    assert str(fault) == "Part 2, step 2: Say what it is called."
