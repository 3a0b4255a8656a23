"""What is shown on more than one screen: the step that is on, and the pot."""

from django.conf import settings

from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Level
from peerhood.rooms import queries
from peerhood.rooms.formats import queries as formats
from peerhood.rooms.formats import topics
from peerhood.rooms.formats.standing import level_at
from peerhood.rooms.forum.queries import forum_of
from peerhood.rooms.pot import door, opening, place, showing


def step(room, standing, participant=None):
    """What is shown of the step that is on, wherever it is shown."""
    level = level_at(room.item, standing) if room.item else Level.OPEN
    return {
        "standing": standing,
        "lap": formats.lap_of(standing) if standing else "",
        "topics": topics.agenda_of(room, standing) if standing else None,
        "speaking": formats.speaking_in(room, standing, participant) if standing else None,
        "role": formats.lead_role(standing) if standing else None,
        "level": level,
        "level_words": Level(level).label,
        "forum": forum_of(room, participant),
        "asks": confidentiality.TABLE[level].asks_in_the_room,
    }


def pot_in(request, room):
    """The pot, and where it takes notes. Memory that a power cut emptied is made ready again here."""
    pot = queries.pot_of(room)
    if pot is None:
        return {"pot": None}
    if pot.is_open():
        opening.stand(pot)
    shown = showing.shown(pot)
    return {
        "pot": pot,
        "shown_pot": shown,
        "notes": shown.notes if pot.is_poured() else None,
        "pot_is_in_memory": place.is_in_memory(settings.POT_SPOOL),
        "pot_address": door.address(pot.key),
        "pot_page": f"{request.scheme}://{settings.POT_HOST}{door.address(pot.key)}"
        if settings.POT_HOST
        else "",
    }
