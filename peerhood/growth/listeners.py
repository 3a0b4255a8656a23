"""What growth does when the journal speaks: whoever would rather not be with somebody has no mentoring with them."""

from peerhood import journal
from peerhood.growth.mentoring import keeping
from peerhood.people.models import Person


@journal.listen("silences.changed")
def end_mentoring(person: Person) -> None:
    keeping.end_with_the_silenced(person)
