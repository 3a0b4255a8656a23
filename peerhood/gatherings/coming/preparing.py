"""Preparing: two questions and something to read, for those who come. Who has looked is a number, and never a name.

Hosts send it to those with a seat when they like, each once; whoever gets a seat later finds it on the page,
and in the next sending.
"""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.coming import links, messages
from peerhood.gatherings.models import AgendaItem, Gathering, HostMessage, Look, Preparation
from peerhood.gatherings.permissions import can_host
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

PRESENTED = (AgendaItem.Kind.TALK, AgendaItem.Kind.EXERCISE, AgendaItem.Kind.MEMBER_STORY)
KIND = "gatherings/prepare"
STEP = HostMessage.Step.PREPARE


@transaction.atomic
def write(gathering: Gathering, *, by: Person, **fields: str) -> Preparation:
    """Say what to prepare: ``first_question``, ``second_question`` and ``reading``."""
    if not can_host(by, gathering):
        raise PermissionDenied
    pack, _is_new = Preparation.objects.update_or_create(gathering=gathering, defaults=fields)
    journal.record("preparation.written", pack, by=by)
    stamps.bump(f"gatherings/{gathering.pk}")
    return pack


def look(pack: Preparation, person: Person) -> None:
    """Count one more reader; the same one is counted once, and nothing kept says who it was."""
    said = f"{pack.pk} {person.pk}".encode()
    mark = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
    Look.objects.bulk_create([Look(preparation=pack, mark=mark)], ignore_conflicts=True)


def pack_of(gathering: Gathering) -> Preparation | None:
    """What there is to prepare; None while nobody has written anything."""
    pack = Preparation.objects.filter(gathering=gathering).first()
    return pack if pack and (pack.first_question or pack.second_question or pack.reading) else None


def presented_at(gathering: Gathering) -> QuerySet[AgendaItem]:
    """What somebody presents, where the agenda says who."""
    return gathering.agenda.filter(kind__in=PRESENTED).exclude(speaker="")


def tell(gathering: Gathering, *, by: Person, words: str | None = None, typed: int | None = None) -> int:
    """Send it to those with a seat who have not had it; how many they are."""
    return messages.send(gathering, STEP, words, by=by, typed=typed, refuse=_refuse, write_to_all=_write)


def to_tell(gathering: Gathering, by: Person) -> list[Person]:
    return [person for _key, person in _keyed(gathering)]


def draft(gathering: Gathering, by: Person, words: str) -> tuple[str, str]:
    """Subject and text, as ``by`` would read them."""
    return sending.as_read_by(by, KIND, **_about(gathering, by, words))


def why_not(gathering: Gathering) -> str:
    return messages.why_not(_refuse, gathering)


def _refuse(gathering: Gathering) -> None:
    if not gathering.takes_answers():
        raise Refusal(
            _("What to prepare goes to those who come to a gathering that is announced and has not begun.")
        )
    if pack_of(gathering) is None:
        raise Refusal(_("There is nothing to prepare yet. Write a question or something to read first."))


def _write(gathering: Gathering) -> int:
    words = messages.words_of(gathering, STEP)
    return sum(
        sending.send(person, KIND, key=key, **_about(gathering, person, words)) is not None
        for key, person in _keyed(gathering)
    )


def _about(gathering: Gathering, person: Person, words: str) -> dict[str, Any]:
    return {
        "gathering": gathering,
        "link": links.link_for(person, gathering),
        "words": words,
        "pack": pack_of(gathering),
        "presented": [item for item in presented_at(gathering) if item.is_told_in_mails()],
    }


def _keyed(gathering: Gathering) -> list[tuple[str, Person]]:
    seated = Person.objects.filter(rsvps__in=gathering.rsvps.going(), is_active=True)
    begins = messages.keys_of(STEP, gathering)
    keyed = {f"{begins}{person.pk}": person for person in seated.order_by("name", "pk")}
    return messages.to_write_to(STEP, keyed)
