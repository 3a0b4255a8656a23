"""What mixing does when the journal speaks: it remembers who keeps whom, and forgets it with them."""

from typing import Any

from peerhood import journal
from peerhood.mixing import remembering


@journal.listen("connection.made")
def remember_tie(connection: Any) -> None:
    remembering.remember(connection.one_id, connection.other_id)


@journal.listen("connection.ended")
def forget_tie(connection: Any) -> None:
    remembering.forget(connection.one_id, connection.other_id)
