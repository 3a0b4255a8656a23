"""What connections do when the journal speaks: who blocks somebody does not keep them, have coffee with
them, or meet them through a third."""

from peerhood import journal
from peerhood.connections import connecting
from peerhood.connections.coffee import answering
from peerhood.connections.introductions import passing
from peerhood.people.models import Person, Silence


@journal.listen("silences.changed")
def end_with_the_blocked(person: Person) -> None:
    for silence in Silence.objects.blocks().filter(owner=person).select_related("about"):
        connecting.take_back(person, silence.about)


@journal.listen("silences.changed")
def call_off_coffees(person: Person) -> None:
    answering.end_with_the_silenced(person)


@journal.listen("silences.changed")
def hold_introductions_back(person: Person) -> None:
    passing.hold_back_from_the_silenced(person)
