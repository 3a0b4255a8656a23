"""Walking through a recipe: where we are, what comes next, what came before, and how long it takes.

A place is a part, the how-manieth time of it, and a step. Nothing here knows the time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from peerhood.rooms.formats.recipe import Clock, Grouping, Part, Recipe, Step


@dataclass(frozen=True, order=True)
class Place:
    """Where a room is in its format: ``part`` and ``step`` from 0, ``lap`` from 1."""

    part: int = 0
    lap: int = 1
    step: int = 0

    def __str__(self) -> str:
        return f"{self.part}.{self.lap}.{self.step}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """
        >>> Place.read("1.3.0")
        Place(part=1, lap=3, step=0)
        """
        return cls(*(int(number) for number in text.split(".")))


def part_at(recipe: Recipe, place: Place) -> Part:
    return recipe.parts[place.part]


def step_at(recipe: Recipe, place: Place) -> Step:
    return part_at(recipe, place).steps[place.step]


def times_of(part: Part, most_in_a_group: int = 0) -> int:
    """How many times a part comes. Where each in a group has a turn, once more for a larger group; 0 is open."""
    in_groups = all(step.grouping == Grouping.SAME for step in part.steps)
    if part.times > 1 and in_groups and any(step.role for step in part.steps):
        return max(part.times, most_in_a_group)
    return part.times


def is_in(recipe: Recipe, place: Place, most_in_a_group: int = 0) -> bool:
    """Whether the recipe still has this place; it may have been edited since."""
    if not 0 <= place.part < len(recipe.parts):
        return False
    part = part_at(recipe, place)
    times = times_of(part, most_in_a_group)
    return 0 <= place.step < len(part.steps) and place.lap >= 1 and (not times or place.lap <= times)


def following(recipe: Recipe, place: Place, most_in_a_group: int = 0) -> Place | None:
    """The place after this one; None at the end. A part without a number of times goes round and round."""
    part = part_at(recipe, place)
    if place.step + 1 < len(part.steps):
        return Place(place.part, place.lap, place.step + 1)
    times = times_of(part, most_in_a_group)
    if not times or place.lap < times:
        return Place(place.part, place.lap + 1, 0)
    return onward(recipe, place)


def onward(recipe: Recipe, place: Place) -> Place | None:
    """The beginning of the part after this one, whatever is left of this; None in the last."""
    return Place(place.part + 1) if place.part + 1 < len(recipe.parts) else None


def before(recipe: Recipe, place: Place, most_in_a_group: int = 0) -> Place | None:
    """The place before this one; None at the beginning. How often an open part was walked is not remembered."""
    if place.step:
        return Place(place.part, place.lap, place.step - 1)
    if place.lap > 1:
        return Place(place.part, place.lap - 1, len(part_at(recipe, place).steps) - 1)
    if not place.part:
        return None
    part = recipe.parts[place.part - 1]
    return Place(place.part - 1, max(1, times_of(part, most_in_a_group)), len(part.steps) - 1)


def places(recipe: Recipe, most_in_a_group: int = 0) -> Iterator[Place]:
    """Every place in order; of a part that goes round and round, the first time."""
    for number, part in enumerate(recipe.parts):
        for lap in range(1, max(1, times_of(part, most_in_a_group)) + 1):
            yield from (Place(number, lap, step) for step in range(len(part.steps)))


def coming(recipe: Recipe, place: Place, people_count: int, most_in_a_group: int = 0) -> timedelta:
    """How long everything after this place takes, as far as it can be said."""
    after = [later for later in places(recipe, most_in_a_group) if later > place]
    return sum((length(step_at(recipe, later), people_count) for later in after), timedelta())


def planned(recipe: Recipe, people_count: int) -> timedelta:
    """How long it takes with so many people, as far as it can be said: what is open counts once.

    >>> from peerhood.rooms.formats.recipe import Recipe, Part, Step, Clock
    >>> pitch = Step("Pitch", clock=Clock.PER_PERSON, seconds=60)
    >>> planned(Recipe("pitches", "Pitches", parts=(Part((pitch, Step("Thanks", seconds=120))),)), people_count=8)
    datetime.timedelta(seconds=600)
    """
    return sum((length(step_at(recipe, place), people_count) for place in places(recipe)), timedelta())


def length(step: Step, people_count: int) -> timedelta:
    """How long a step is planned to take: the turns of all, where it goes in turn."""
    turns = max(1, people_count) if step.clock == Clock.PER_PERSON else 1
    return timedelta(seconds=step.seconds * turns)
