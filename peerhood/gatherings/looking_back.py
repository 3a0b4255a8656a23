"""Looking back: thanks to those who came, two questions to them, and notes for the recap.

"Did you feel at home?" and one line of one's own, kept without a name and in no order. Hosts read
them from five answers on; below that, an answer could tell who gave it. Whoever takes the disk of
the server while answers come in may still tell them apart: for what must not be told, there is the room.
"""

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings.coming import links, messages
from peerhood.gatherings.models import Gathering, HostMessage, LookBack, Rsvp, Said
from peerhood.gatherings.permissions import can_host
from peerhood.gatherings.queries import first_timers, present_or_going
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

FEWEST_SHOWN = 5
THANKS = "gatherings/thanks"
STEP = HostMessage.Step.THANK
# The morning after an evening, or after the way home; and not a week later.
THANKED_AFTER, THANKED_AT_LATEST = timedelta(hours=3), timedelta(hours=48)
ASKED_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Read:
    """What hosts read: how many felt at home, and the lines, in no order."""

    counts: list[tuple[str, int]]
    lines: list[str]


def was_there(gathering: Gathering, person: Person) -> bool:
    return gathering.is_over() and present_or_going(gathering).filter(person_id=person.pk).exists()


def may_still_say(gathering: Gathering, person: Person) -> bool:
    """Whoever came says it once, within two weeks."""
    if not was_there(gathering, person) or gathering.ends_at < now() - ASKED_FOR:
        return False
    look_back = LookBack.objects.filter(gathering=gathering).first()
    return look_back is None or not look_back.marks.filter(mark=_mark(look_back, person)).exists()


@transaction.atomic
def say(gathering: Gathering, person: Person, at_home: str, line: str = "") -> None:
    """Answer the two questions, once. What was said cannot be found again by who said it."""
    look_back = _lock(gathering)
    if not may_still_say(gathering, person):
        raise Refusal(_("You have answered, or it is too long ago. Thank you all the same."))
    Said.objects.create(look_back=look_back, mark=_mark(look_back, person))
    look_back.said.append([LookBack.AtHome(at_home).value, line.strip()])
    SystemRandom().shuffle(look_back.said)
    look_back.save(update_fields=["said"])


@transaction.atomic
def note(gathering: Gathering, notes: str, *, by: Person) -> LookBack:
    """Write down what the recap begins with."""
    if not can_host(by, gathering):
        raise PermissionDenied
    look_back = _lock(gathering)
    look_back.notes = notes
    look_back.save(update_fields=["notes"])
    journal.record("gathering.noted", gathering, by=by)
    return look_back


def read_of(gathering: Gathering) -> Read | None:
    """What was said, from five answers on; None before."""
    look_back = LookBack.objects.filter(gathering=gathering).first()
    if look_back is None or len(look_back.said) < FEWEST_SHOWN:
        return None
    found = Counter(at_home for at_home, _line in look_back.said)
    counts = [(str(label), found[word]) for word, label in LookBack.AtHome.choices]
    return Read(counts, [line for _at_home, line in look_back.said if line])


def notes_for(gathering: Gathering) -> str:
    return LookBack.objects.filter(gathering=gathering).values_list("notes", flat=True).first() or ""


@dataclass(frozen=True)
class Attendance:
    """Numbers, and no names: who did not come is kept for no one."""

    seats: int
    came: int
    stayed_away: int


def attendance_of(gathering: Gathering) -> Attendance | None:
    """None where nobody kept the door."""
    came = gathering.rsvps.checked_in().count()
    seats = gathering.rsvps.going().count()
    return Attendance(seats, came, seats - came) if came else None


def thank_all_due() -> None:
    """Thank those who came, once; whoever was new has a mail of their own (``coming.first_time``)."""
    over = Gathering.objects.past().filter(
        ends_at__lt=now() - THANKED_AFTER, ends_at__gt=now() - THANKED_AT_LATEST
    )
    for gathering in over.filter(state__in=Gathering.TAKING_PLACE).select_related("circle"):
        _thank(gathering)


def thank(gathering: Gathering, *, by: Person, words: str | None = None, typed: int | None = None) -> int:
    """Thank those who came, sooner than it happens by itself; how many are written to."""
    return messages.send(
        gathering, STEP, words, by=by, typed=typed, refuse=_refuse_thanks, write_to_all=_thank
    )


def to_thank(gathering: Gathering, by: Person) -> list[Person]:
    return [rsvp.person for _key, rsvp in _to_thank(gathering)]


def thanks(gathering: Gathering, by: Person, words: str) -> tuple[str, str]:
    """Subject and text, as ``by`` would read them."""
    return sending.as_read_by(by, THANKS, **_about(gathering, Rsvp(gathering=gathering, person=by), words))


def why_not(gathering: Gathering) -> str:
    return messages.why_not(_refuse_thanks, gathering)


def _refuse_thanks(gathering: Gathering) -> None:
    if not gathering.is_announced() or not gathering.is_over():
        raise Refusal(
            _("Thanks are sent when it is over: three hours after, by themselves, or before that by you.")
        )
    if gathering.ends_at < now() - ASKED_FOR:
        raise Refusal(_("It is more than two weeks ago, and whoever came has had their thanks."))


def _thank(gathering: Gathering) -> int:
    words = messages.words_of(gathering, STEP)
    return sum(
        sending.send(rsvp.person, THANKS, key=key, **_about(gathering, rsvp, words)) is not None
        for key, rsvp in _to_thank(gathering)
    )


def _about(gathering: Gathering, rsvp: Rsvp, words: str) -> dict[str, Any]:
    link = links.link_for(rsvp.person, gathering)
    return {"gathering": gathering, "rsvp": rsvp, "link": link, "words": words}


def _to_thank(gathering: Gathering) -> list[tuple[str, Rsvp]]:
    came = present_or_going(gathering).exclude(person__in=first_timers(gathering)).select_related("person")
    begins = messages.keys_of(STEP, gathering)
    keyed = {f"{begins}{rsvp.person_id}": rsvp for rsvp in came}
    fresh = messages.to_write_to(STEP, {key: rsvp.person for key, rsvp in keyed.items()})
    return [(key, keyed[key]) for key, _person in fresh]


def _lock(gathering: Gathering) -> LookBack:
    # The gathering's row is there before the look back is: whoever comes first makes it, and nobody twice.
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    return LookBack.objects.get_or_create(gathering=gathering)[0]


def _mark(look_back: LookBack, person: Person) -> str:
    said = f"{look_back.pk} {person.pk}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
