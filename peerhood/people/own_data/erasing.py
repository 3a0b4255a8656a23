"""Erasing: somebody leaves, and takes with them all that was theirs alone.

What others were part of stays, and shows "a former member": who sat with whom, what was decided,
what was written for a circle. It is done at once, in one transaction, which follows the steps'
rules (``rules``) and ends with a line in the ledger; from a restored backup the same people are
erased again (``reapply``).
"""

import logging
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.notices import sending
from peerhood.people import searching
from peerhood.people.models import Person
from peerhood.people.own_data import ledger, rules
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

logger = logging.getLogger(__name__)

TRIES = 5
# All that the shell loses, and what stands there instead. What else a person has stays: it says nothing of them.
EMPTIED: dict[str, Any] = {
    "name": "",
    "email": None,
    "language": settings.LANGUAGE_CODE,
    "time_zone": settings.TIME_ZONE,
    "work": "",
    "ask_me_about": "",
    "would_learn": "",
    "could_talk": "",
    "town": "",
    "languages": [],
    "links": [],
    "profile": {},
    "visibility": {},
    "photo_digest": "",
    "one_address_is_enough": False,
    "welcomed_at": None,
    "last_login": None,
    "is_active": False,
    "is_staff": False,
    "is_superuser": False,
}
STAYS = {"id", "password", "joined_at", "erased_at"}


class NotYet(Refusal):
    """Something has to be done before; ``reasons`` says what, a sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def erase(person: Person) -> None:
    """Erase somebody at their own wish. Twice is once.

    Raises:
        NotYet: they have to hand something over first; nothing was changed.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return _erase(person.pk)
        except OperationalError:
            # On PostgreSQL it does not wait long for whoever holds what it needs: it lets go, and begins anew.
            if connection.in_atomic_block or not tries_left:
                raise
    return None


@transaction.atomic
def obstacles_for(person: Person) -> list[str]:
    """What has to be done before, a sentence each; asked again when it comes to it."""
    return rules.obstacles_for(person)


def reapply() -> dict[str, int]:
    """Erase again whom the ledger lists and the database, restored from a backup, still has.

    Counts those erased, and those ``unknown``: somebody has the number, but the mark is not theirs.
    """
    counts = {"erased": 0, "unknown": 0}
    marks: dict[int, set[str]] = {}
    for pk, mark in ledger.listed():
        marks.setdefault(pk, set()).add(mark)
    numbers = list(marks)
    for start in range(0, len(numbers), 500):
        for person in Person.objects.filter(pk__in=numbers[start : start + 500], erased_at=None):
            if any(ledger.is_marked(person, mark) for mark in marks[person.pk]):
                _erase(person.pk, again=True)
                counts["erased"] += 1
            else:
                counts["unknown"] += 1
    if counts["erased"] or counts["unknown"]:
        logger.warning("Erasures were applied again after a restore: %s", counts)
    return counts


def look_again(pks: list[int]) -> None:
    """Follow the rules once more for people erased just now: what was on its way goes, too."""
    for pk in pks:
        with transaction.atomic():
            person = Person.objects.select_for_update().get(pk=pk)
            if person.erased_at:
                _follow_the_rules(person)


@transaction.atomic
def _erase(pk: int, *, again: bool = False) -> None:
    person = _lock(pk)
    if person.erased_at:
        return
    if not again and (reasons := rules.obstacles_for(person)):
        raise NotYet(reasons)
    address, language, time_zone = person.email, person.language, person.time_zone
    _follow_the_rules(person)
    Person.objects.filter(pk=pk).update(**EMPTIED, erased_at=now())
    searching.forget(person)
    journal.record("person.erased", person)
    stamps.bump("circles", "gatherings", "stories")
    if again:
        return
    if address:
        # To the address, not to the person: nothing is written to them any more. The outbox forgets it once sent.
        sending.send_to(address, "people/erased", language=language, time_zone=time_zone, is_fleeting=True)
    ledger.write(person)


def _lock(pk: int) -> Person:
    """Wait for whatever this person has on its way, and let nothing new of theirs begin."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Shorter than it takes PostgreSQL to look for a deadlock: it is the erasure that begins anew.
            cursor.execute("SET LOCAL lock_timeout = '600ms'")
    return Person.objects.select_for_update().get(pk=pk)


def _follow_the_rules(person: Person) -> None:
    rules.forget_words_of(person)
    for rule in rules.declared():
        rule.erase(rules.Rows(rule, person))
