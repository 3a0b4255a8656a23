"""Stepping: the facilitator walks the room through a format, step by step and turn by turn.

Nothing goes on by itself. When a step's time is up every screen says so, and the
facilitator is asked: go on, or a minute more. What somebody is writing when the room goes
on has its quarter of a minute, and stays on their phone in any case.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.mixing import grouping
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms import clock, rounds, turns
from peerhood.rooms.formats import speaking, timing, topics
from peerhood.rooms.formats.recipe import GROUPED, WRITTEN, Contribution, Grouping, Step
from peerhood.rooms.formats.standing import Standing, recipe_of, standing_of
from peerhood.rooms.formats.walking import Place, step_at
from peerhood.rooms.forum import holding
from peerhood.rooms.models import Moment, Pot, Room
from peerhood.rooms.pot import closing, opening

SIZES = {Grouping.PAIRS: 2, Grouping.THREES: 3}


@transaction.atomic
def next_step(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Go on to the next step, or to the next time round."""
    return _go(room, Moment.Act.NEXT_STEP, lambda standing: standing.following, by=by, version=version)


@transaction.atomic
def onward(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Leave a part that could go round once more."""
    return _go(room, Moment.Act.ONWARD, lambda standing: standing.onward, by=by, version=version)


@transaction.atomic
def previous_step(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Return to the step before, with its full time."""
    return _go(room, Moment.Act.BACK_STEP, lambda standing: standing.before, by=by, version=version)


@transaction.atomic
def next_turn(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Give the word to the next; who came since is last. After the last one the clock stands at nothing."""
    room = turns.take(room, by=by, version=version)
    standing = standing_of(room)
    goes_on = standing and (standing.goes_in_turn() or topics.goes_by_topic(standing))
    if not standing or not goes_on or holding.is_held(room):
        raise turns.Stale
    count = _turn_count(room, standing)
    if room.turn >= count:
        raise Refusal(_("Everybody had their turn. Go on with the next step."))
    turns.remember(room, Moment.Act.TURN, by=by)
    room.turn += 1
    timing.start(room, standing.step)
    if room.turn == count:
        timing.stand_at_nothing(room)
    return turns.announce(room)


def _turn_count(room: Room, standing: Standing) -> int:
    """How many turns there are: one for each who speaks, or for each topic."""
    if topics.goes_by_topic(standing):
        return len(topics.topics_of(room, standing.recipe))
    speaking.let_in(room)
    return len(room.speakers)


@transaction.atomic
def extend(room: Room, *, by: Person, version: int | None = None) -> Room:
    """Give the topic that is on the more time that the format has for it: two minutes, then one."""
    room = turns.take(room, by=by, version=version)
    standing = standing_of(room)
    if not standing or not standing.step.extends[room.extended_count :] or holding.is_held(room):
        raise turns.Stale
    turns.remember(room, Moment.Act.EXTEND, by=by)
    more = timedelta(seconds=standing.step.extends[room.extended_count])
    assert room.place_ends_at
    room.place_ends_at = clock.extended(room.place_ends_at, now(), more, room.paused_at)
    room.extended_count += 1
    return turns.announce(room)


def begin(room: Room, *, by: Person) -> None:
    """The item's format begins with its first step, where the item has one; for an act that holds the room."""
    clear(room)
    recipe = recipe_of(room.item)
    if recipe and recipe.parts:
        _enter(room, Place(), step_at(recipe, Place()), by=by)


def end(room: Room, *, by: Person) -> None:
    """The format is left, with its groups; for an act that holds the room."""
    if room.place:
        rounds.end_shown(room, by=by)
    clear(room)


def return_to(room: Room, moment: Moment, *, by: Person) -> None:
    """After an undo: groups that were only just made are unmade, and what was about to close stays open."""
    was_entered = (room.place, room.item_id) != (moment.before.get("place", ""), moment.before["item"])
    standing = standing_of(room)
    if was_entered and standing and standing.step.grouping in GROUPED:
        grouping.take_back(room.gathering, by=by)
    turns.go_back(room, moment)
    if not was_entered:
        return
    # Who was to speak after whom is kept nowhere: back in such a step the lot is drawn anew.
    room.speakers = _drawn(room)
    room.turn = 0 if room.speakers else room.turn
    room.pots.filter(item=room.item, place=room.place, state=Pot.State.OPEN).update(closes_at=None)


def open_pot_of(room: Room, step: Step, *, by: Person | None = None) -> bool:
    """Open the pot that the step wants, for notes or for dots on them; False where another is in the way."""
    if room.pots.filter(state__in=Pot.LIVE).exists():
        return False
    if step.contribution in WRITTEN:
        opening.begin(room, by=by, ask=step.says or step.title)
        return True
    if step.contribution == Contribution.DOTS:
        # Where nothing was written there is nothing to vote on, and the evening goes on.
        with suppress(Refusal):
            opening.begin_dots(room, by=by, votes_each=step.each or opening.DOTS_EACH)
            return True
    return False


def _go(
    room: Room,
    act: Moment.Act,
    find: Callable[[Standing], Place | None],
    *,
    by: Person,
    version: int | None,
) -> Room:
    room = turns.take(room, by=by, version=version)
    standing = standing_of(room)
    place = standing and find(standing)
    if not standing or not place or holding.is_held(room):
        raise turns.Stale
    turns.remember(room, act, by=by)
    for pot in room.pots.filter(state=Pot.State.OPEN):
        closing.let_end(pot)
    _enter(room, place, step_at(standing.recipe, place), by=by)
    return turns.announce(room)


def _enter(room: Room, place: Place, step: Step, *, by: Person) -> None:
    room.place = str(place)
    timing.start(room, step)
    _group(room, step, by=by)
    room.speakers, room.turn, room.extended_count = _drawn(room), 0, 0
    open_pot_of(room, step, by=by)
    journal.record("step.started", room, by=by, step=step.title)


def _drawn(room: Room) -> list[int]:
    """The order of the step that is on; empty where nobody speaks in turn."""
    standing = standing_of(room)
    return speaking.drawn(room) if standing and standing.goes_in_turn() else []


def _group(room: Room, step: Step, *, by: Person) -> None:
    if step.grouping == Grouping.SAME:
        return
    rounds.end_shown(room, by=by)
    room.most_in_a_group = 0
    if step.grouping not in GROUPED:
        return
    if step.grouping == Grouping.JOINED:
        made = grouping.join(room.gathering, by=by)
    else:
        size, has_tables = SIZES.get(step.grouping, step.group_size), step.grouping == Grouping.TABLES
        made = grouping.group(room.gathering, size, by=by, has_tables=has_tables, hosts_stay=step.hosts_stay)
    room.most_in_a_group = grouping.largest(made) if made else 0


def clear(room: Room) -> None:
    """The room is in no format."""
    room.place, room.speakers = "", []
    room.turn = room.most_in_a_group = room.extended_count = 0
    room.place_started_at = room.place_ends_at = None
