"""Answering: each member who was asked draws one ticket, and hands it in at the pot's door without a name."""

from django.conf import settings

from peerhood.people.models import Person
from peerhood.rooms.pot import hat, spool
from peerhood.rooms.pot.drawing import Late
from peerhood.stories.models.pulse import Pulse
from peerhood.stories.pulses import asking


def draw(pulse: Pulse, person: Person) -> str:
    """A ticket, once. What is kept, in memory and until it is over, is that this person has drawn; never which."""
    if not pulse.takes_answers():
        raise spool.Closed
    if not pulse.asks().filter(person=person).exists():
        raise Late
    asking.stand(pulse)
    return hat.draw(settings.POT_SPOOL, pulse.key, f"person {person.pk}")
