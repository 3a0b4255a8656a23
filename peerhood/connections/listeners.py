"""What connections do when the journal speaks: who blocks somebody does not keep them."""

from peerhood import journal
from peerhood.connections import connecting
from peerhood.people.models import Person, Silence


@journal.listen("silences.changed")
def end_with_the_blocked(person: Person) -> None:
    for silence in Silence.objects.blocks().filter(owner=person).select_related("about"):
        connecting.take_back(person, silence.about)
