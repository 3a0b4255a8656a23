"""The ledger of erasures: a file beside the database, so that a backup from before forgets again.

One line for each: the person's number, and a keyed hash of when they joined, so that after a
restore another person who was given the same number is left alone. No name, no address. A line
is on the disk before its erasure is acknowledged.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from peerhood.people.models import Person

SALT = "peerhood.people.own_data.ledger"


def write(person: Person) -> None:
    """Append a person, and wait until the disk has it."""
    path: Path = settings.ERASURES
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("a") as ledger:
        ledger.write(json.dumps({"person": person.pk, "mark": mark_of(person)}) + "\n")
        ledger.flush()
        os.fsync(ledger.fileno())
    if is_new:
        path.chmod(0o600)
        _keep_the_name(path.parent)


def listed() -> Iterator[tuple[int, str]]:
    """Each person's number and mark. A line that a power cut left half written is passed over: nobody was told."""
    path: Path = settings.ERASURES
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        try:
            said = json.loads(line)
            yield int(said["person"]), str(said["mark"])
        except (ValueError, KeyError, TypeError):
            continue


def mark_of(person: Person, secret: str | None = None) -> str:
    """Tells this person from any other who has, or had, the same number."""
    who = f"{person.pk} {person.joined_at.timestamp():.6f}"
    return salted_hmac(SALT, who, secret=secret, algorithm="sha256").hexdigest()


def is_marked(person: Person, mark: str) -> bool:
    """Is it this person's line? Earlier secret keys are tried as well."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(mark, mark_of(person, secret)) for secret in secrets)


def _keep_the_name(folder: Path) -> None:
    """A new file is found again after a power cut only if its folder has been written, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
