"""What connections hold of a person, and what becomes of it."""

from peerhood.connections.models import Connection, Note
from peerhood.people.models import Person
from peerhood.people.own_data.rules import Rows, delete, keep, rule


def end_what_was_never_mutual(rows: Rows) -> None:
    """A word that only one has said goes. Whoever keeps this person keeps a former member."""
    rows.all().filter(one_said_at=None).delete()
    rows.all().filter(other_said_at=None).delete()


def _with(connection: Connection, person: Person) -> str:
    return str(connection.the_other(person)) if _is_told(connection, person) else ""


def _is_told(connection: Connection, person: Person) -> bool:
    # What only the other has said is theirs to say.
    return connection.said_at(person) is not None


def _mutual(connection: Connection, person: Person) -> bool:
    return connection.is_mutual()


def _said_at(connection: Connection, person: Person) -> object:
    return connection.said_at(person)


KEPT = {"with": _with, "i_said_so_at": _said_at, "mutual": _mutual}
rule(Connection, "one", "connections", KEPT, erase=end_what_was_never_mutual)
rule(Connection, "other", "connections", KEPT, erase=end_what_was_never_mutual)
rule(
    Note,
    "owner",
    "my_notes",
    {"about": "about", "text": "text", "follow_up_on": "follow_up_on", "changed_at": "changed_at"},
    erase=delete,
)
rule(Note, "about", unsaid="It is its owner's private note.", erase=keep)
