"""What rooms hold of a person, and what becomes of it."""

from peerhood.people.own_data.rules import Rows, let_go, rule
from peerhood.rooms import presence
from peerhood.rooms.models import Moment, Participant


def become_a_stranger(rows: Rows) -> None:
    """A phone that took part stays one that took part, of whom nothing is known, and opens no room any more."""
    presence.disown(rows.all())
    let_go(rows)


rule(
    Moment,
    "by",
    "rooms_i_ran",
    {"gathering": "room.gathering.title", "act": "act", "at": "at"},
    erase=let_go,
)
rule(Participant, "person", "rooms_i_was_in", {"gathering": "room.gathering.title"}, erase=become_a_stranger)
