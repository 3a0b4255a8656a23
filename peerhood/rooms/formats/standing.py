"""Where a room stands in its format: the recipe, the place in it, and the step that is on."""

from dataclasses import dataclass
from functools import cached_property

from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Level
from peerhood.gatherings.models import AgendaItem
from peerhood.rooms.formats import recipe as recipes
from peerhood.rooms.formats import walking
from peerhood.rooms.formats.recipe import GROUPED, Clock, Contribution, Grouping, Part, Recipe, Step
from peerhood.rooms.formats.walking import Place
from peerhood.rooms.models import Room


@dataclass(frozen=True)
class Standing:
    recipe: Recipe
    place: Place
    # How often a part that goes round in groups has to come, so that everybody in them has had their turn.
    most_in_a_group: int = 0

    @property
    def part(self) -> Part:
        return walking.part_at(self.recipe, self.place)

    @property
    def step(self) -> Step:
        return walking.step_at(self.recipe, self.place)

    @property
    def times(self) -> int:
        """How many times this part comes; 0 is until the facilitator goes on."""
        return walking.times_of(self.part, self.most_in_a_group)

    @cached_property
    def following(self) -> Place | None:
        return walking.following(self.recipe, self.place, self.most_in_a_group)

    @cached_property
    def onward(self) -> Place | None:
        """The next part, where this one could still go round."""
        ahead = walking.onward(self.recipe, self.place)
        return ahead if ahead != self.following else None

    @cached_property
    def before(self) -> Place | None:
        return walking.before(self.recipe, self.place, self.most_in_a_group)

    def title_at(self, place: Place | None) -> str:
        return walking.step_at(self.recipe, place).title if place else ""

    @property
    def next_title(self) -> str:
        return self.title_at(self.following)

    @property
    def onward_title(self) -> str:
        return self.title_at(self.onward)

    def sorts_values(self) -> bool:
        return self.step.contribution == Contribution.VALUES

    @property
    def cards_each(self) -> int:
        """How many cards each chooses, where cards are sorted in this format; 0 where they are not."""
        sorting = [step for step in self.recipe.steps() if step.contribution == Contribution.VALUES]
        return (sorting[0].each or len(self.recipe.cards)) if sorting else 0

    def asks_for_thumbs(self) -> bool:
        return self.step.contribution == Contribution.THUMBS

    def is_in_groups(self) -> bool:
        return self.step.grouping in GROUPED or self.step.grouping == Grouping.SAME

    def goes_in_turn(self) -> bool:
        """One after the other, before everybody; in groups they find their own order."""
        return self.step.clock == Clock.PER_PERSON and not self.is_in_groups()

    def shows_first_names_only(self) -> bool:
        """Until the last part, which is the reveal."""
        return self.recipe.first_names_only and self.place.part < len(self.recipe.parts) - 1


def recipe_of(item: AgendaItem | None) -> Recipe | None:
    """The recipe of an item that has one; no question to the database where ``item__format`` was selected."""
    kept = getattr(item, "format", None)
    return recipes.read(kept.recipe) if kept else None


def standing_of(room: Room) -> Standing | None:
    """None outside of a format, and where its recipe lost the place since."""
    if not room.place or not (recipe := recipe_of(room.item)):
        return None
    place = Place.read(room.place)
    return (
        Standing(recipe, place, room.most_in_a_group)
        if walking.is_in(recipe, place, room.most_in_a_group)
        else None
    )


def level_of(room: Room) -> str:
    """The confidentiality that holds now: the item's, or the step's where that is stricter."""
    if room.item is None:
        return Level.OPEN
    return level_at(room.item, standing_of(room))


def level_at(item: AgendaItem, standing: Standing | None) -> str:
    """The same where the standing has been read already: every phone asks for it, and a recipe takes a while to read."""
    return confidentiality.strictest(
        filter(None, [item.confidentiality, standing.step.level if standing else ""])
    )
