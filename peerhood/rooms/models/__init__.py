"""The live side of a gathering: the room and its phones, what it collects without names, and the recipes it is run by."""

from peerhood.rooms.models.card import Card
from peerhood.rooms.models.format import Format
from peerhood.rooms.models.note import Note, NoteGroup
from peerhood.rooms.models.participant import Participant
from peerhood.rooms.models.pot import Pot, new_pot_key
from peerhood.rooms.models.room import Moment, Room

__all__ = ["Card", "Format", "Moment", "Note", "NoteGroup", "Participant", "Pot", "Room", "new_pot_key"]
