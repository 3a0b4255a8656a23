"""Lines: each who was there adds one to the gathering's recap, once, without a name.

What is kept is one shuffled list, and beside it a mark for each who has written, made with the site's
key. Nobody who reads the site can tell whose a line is, nor can a thief of the database later on.
Whoever takes the disk while lines come in, and the key with it, can: for what must not be told there
is the pot. Lines are read once there are as many as the level asks for.
"""

import hashlib
import hmac
from datetime import timedelta
from random import SystemRandom

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import confidentiality, looking_back
from peerhood.gatherings.confidentiality import Surface, WriteUp
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person
from peerhood.platform import presence, stamps
from peerhood.platform.refusals import Refusal
from peerhood.stories import naming
from peerhood.stories.models import RecapLines
from peerhood.stories.naming import Found
from peerhood.stories.permissions import can_write_up

WITHIN = timedelta(days=30)
LONGEST = 280
WITH_WORDS = (WriteUp.NAMED, WriteUp.UNNAMED)


class Named(Refusal):
    """The line names somebody; ``found`` says whom. Said again on purpose, it is taken."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__(_("Somebody is named in it."))
        self.found = found


def may_add(gathering: Gathering, person: Person) -> bool:
    """Whoever was there, once, for a month; where words may be told at all."""
    if not person.is_authenticated or not takes_lines(gathering) or gathering.ends_at < now() - WITHIN:
        return False
    if not looking_back.was_there(gathering, person):
        return False
    lines = RecapLines.objects.filter(gathering=gathering).first()
    return lines is None or not lines.marks.filter(mark=_mark(gathering, person)).exists()


def takes_lines(gathering: Gathering) -> bool:
    return confidentiality.write_up(gathering.level) in WITH_WORDS


@transaction.atomic
def add(gathering: Gathering, line: str, *, by: Person, is_sure: bool = False) -> None:
    """Add one's line. It cannot be found again by who wrote it; so nobody, not even they, can change it."""
    presence.hold(by)
    lines = _lock(gathering)
    if not may_add(gathering, by):
        raise Refusal(_("You have added your line, or it is too long ago, or nothing of it may be told."))
    line = " ".join(line.split())[:LONGEST]
    if not is_sure and (found := naming.found_in(line, gathering)):
        raise Named(found)
    lines.marks.create(mark=_mark(gathering, by))
    lines.said.append(line)
    SystemRandom().shuffle(lines.said)
    # No journal: its times, in order, would say who wrote when.
    lines.save(update_fields=["said"])
    stamps.bump("stories")


@transaction.atomic
def take_out(gathering: Gathering, digest: str, *, by: Person) -> None:
    """Whoever may write the recap takes a line out of it; twice is once."""
    if not can_write_up(by, gathering):
        raise PermissionDenied
    lines = _lock(gathering)
    left = [line for line in lines.said if digest_of(line) != digest]
    if len(left) < len(lines.said):
        lines.said = left
        lines.save(update_fields=["said"])
        journal.record("recap.line_removed", gathering, by=by)
        stamps.bump("stories")


def lines_of(gathering: Gathering | None) -> list[str]:
    """What readers see: none before there are as many as the level wants."""
    if gathering is None or not takes_lines(gathering):
        return []
    said = RecapLines.objects.filter(gathering=gathering).values_list("said", flat=True).first() or []
    return said if len(said) >= confidentiality.fewest(gathering.level, Surface.FEWEST_NOTES) else []


def digest_of(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:32]


def to_add_to(person: Person) -> QuerySet[Gathering]:
    """Gatherings of the last two weeks that they were at and whose recap may hold words; three at most."""
    closed = [level for level in confidentiality.TABLE if confidentiality.write_up(level) not in WITH_WORDS]
    untold = AgendaItem.objects.filter(confidentiality__in=closed).values("gathering")
    mine = Q(rsvps__person=person, rsvps__checked_in_at__isnull=False)
    lately = Gathering.objects.past().filter(mine, ends_at__gt=now() - timedelta(days=14))
    return lately.exclude(pk__in=untold).distinct()[:3]


def _lock(gathering: Gathering) -> RecapLines:
    # As in looking back: the gathering's row is there first.
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    return RecapLines.objects.get_or_create(gathering=gathering)[0]


def _mark(gathering: Gathering, person: Person) -> str:
    said = f"recap line {gathering.pk} {person.pk}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
