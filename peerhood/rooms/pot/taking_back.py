"""Taking a note back after it was poured out: with the secret that only its writer's phone has.

Nobody can find a note by its writer, so nobody else can do it for them, and no screen is told:
a note that is gone is missed when the page is shown the next time.
"""

from peerhood.rooms.models import Note


def take_back(key: str, nullifier: str) -> None:
    Note.objects.filter(pot__key=key, nullifier=nullifier).delete()
