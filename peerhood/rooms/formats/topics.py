"""Topics: what the room wrote and gave dots to, and talks about one after the other.

In a part that goes round without a number each time round is one topic; in a step that
comes once the turns are the topics, as in a round of pitches.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peerhood.rooms.formats.recipe import Clock, Contribution, Recipe
from peerhood.rooms.formats.standing import Standing
from peerhood.rooms.formats.walking import Place, is_in, step_at
from peerhood.rooms.models import Note, Pot, Room


@dataclass(frozen=True)
class Agenda:
    """The topics in their order, and which is on (from 0); beyond the last once all had their time."""

    topics: Sequence[Note]
    on: int

    @property
    def now(self) -> Note | None:
        return self._at(self.on)

    @property
    def next(self) -> Note | None:
        return self._at(self.on + 1)

    def _at(self, number: int) -> Note | None:
        return self.topics[number] if number < len(self.topics) else None


def goes_by_topic(standing: Standing) -> bool:
    return standing.step.clock == Clock.PER_TOPIC


def agenda_of(room: Room, standing: Standing) -> Agenda | None:
    """None where the step has no topics; two queries."""
    if not goes_by_topic(standing):
        return None
    topics = topics_of(room, standing.recipe)
    return Agenda(topics, room.turn if standing.part.times else standing.place.lap - 1)


def topics_of(room: Room, recipe: Recipe) -> list[Note]:
    """What was written as a topic in this item, most dots first; without dots in the order of the random keys."""
    poured = room.pots.filter(item=room.item, kind=Pot.Kind.NOTES, state=Pot.State.POURED).exclude(place="")
    written = [pot for pot in poured if _asks_for_topics(recipe, Place.read(pot.place))]
    notes = Note.objects.filter(pot__in=written[-1:], is_hidden=False)
    return sorted(notes, key=lambda note: (-(note.dots or 0), note.pk))


def _asks_for_topics(recipe: Recipe, place: Place) -> bool:
    return is_in(recipe, place) and step_at(recipe, place).contribution == Contribution.TOPIC
