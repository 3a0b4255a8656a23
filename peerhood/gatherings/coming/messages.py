"""Messages: what hosts say to many at once, step by step; each goes to each person once, whatever is tapped.

The words are kept until they are sent, and go along with what is sent by itself, too: whoever writes
their thanks in the evening need not be there in the morning. ``inviting``, ``still_coming``,
``preparing`` and ``looking_back`` say to whom each goes, and when it may.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.models import Gathering, HostMessage
from peerhood.gatherings.permissions import can_host
from peerhood.gatherings.writing import to_everybody
from peerhood.notices import choices, mass_mail
from peerhood.notices.models import Mail, MailQuerySet
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

Step = HostMessage.Step
KINDS = {
    Step.INVITE: "gatherings/invited",
    Step.PREPARE: "gatherings/prepare",
    Step.THANK: "gatherings/thanks",
    Step.REMIND: "gatherings/still_coming",
}


def keys_of(step: str, gathering: Gathering) -> str:
    """How the outbox's keys of this message begin; the person's own key is the last part.

    A reminder is asked for once for each day it is held on, and has that day in between.
    """
    return f"{KINDS[Step(step)]}/{gathering.pk}/"


def words_of(gathering: Gathering, step: str) -> str:
    return of(gathering, step).words


def of(gathering: Gathering, step: str) -> HostMessage:
    """What is written so far; an empty one, not saved, when nothing is."""
    found = HostMessage.objects.filter(gathering_id=gathering.pk, step=step).first()
    return found or HostMessage(gathering=gathering, step=step)


@transaction.atomic
def write(gathering: Gathering, step: str, words: str, *, by: Person) -> HostMessage:
    """Keep the hosts' words for a step; nothing is sent."""
    gathering = lock(gathering, by=by)
    return _keep(gathering, step, words, by=by)


@transaction.atomic
def send(
    gathering: Gathering,
    step: str,
    words: str | None,
    *,
    by: Person,
    typed: int | None,
    refuse: Callable[[Gathering], None],
    write_to_all: Callable[[Gathering], int],
) -> int:
    """Send a step's message; how many it went to. ``words`` None: those that are kept.

    The gathering's row is held meanwhile: of two who tap at once, the second one finds nobody left.

    Raises:
        mass_mail.NotConfirmed: it is to many, and ``typed`` is another number than theirs.
        Refusal: so many were written to for this circle today that there is not enough left.
    """
    gathering = lock(gathering, by=by)
    refuse(gathering)
    message = of(gathering, step) if words is None else _keep(gathering, step, words, by=by)
    sent_count = write_to_all(gathering)
    # Refused, nothing has been written: it is one transaction.
    mass_mail.spend(to_everybody.sender_of(gathering), sent_count, typed=typed)
    message.sent_at = now()
    message.save()
    journal.record(f"gathering.{DONE[Step(step)]}", gathering, by=by, count=sent_count)
    return sent_count


def why_not(refuse: Callable[[Gathering], None], gathering: Gathering) -> str:
    """Why a step's message cannot be sent now; empty when it can."""
    try:
        refuse(gathering)
    except Refusal as refusal:
        return str(refusal)
    return ""


DONE = {Step.INVITE: "invited", Step.REMIND: "reminded", Step.PREPARE: "prepared", Step.THANK: "thanked"}


@transaction.atomic
def take_back(gathering: Gathering, step: str, *, by: Person) -> int:
    """Send no more of what has not left yet. What the worker has in hand goes out: it may be in a mailbox."""
    gathering = lock(gathering, by=by)
    taken_count, _tables = _waiting(gathering, step).delete()
    if taken_count and not Mail.objects.filter(key__startswith=keys_of(step, gathering)).exists():
        HostMessage.objects.filter(gathering=gathering, step=step).update(sent_at=None)
    journal.record("gathering.taken_back", gathering, by=by, step=step, count=taken_count)
    return taken_count


def sent_count_of(gathering: Gathering, step: str) -> int:
    """To how many it went. The outbox keeps the rows of what it has sent, empty after a month."""
    return Mail.objects.filter(key__startswith=keys_of(step, gathering)).count()


def waiting_count_of(gathering: Gathering, step: str) -> int:
    """How many of them have not left yet."""
    return _waiting(gathering, step).count()


def to_write_to(step: str, keys: dict[str, Person]) -> list[tuple[str, Person]]:
    """Those whom a mail would reach: they have an address, want it, and it is not in the outbox, by its key."""
    there = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    refused = choices.refused_by(keys.values(), KINDS[Step(step)])
    return [
        (key, person)
        for key, person in keys.items()
        if person.email and person.pk not in refused and key not in there
    ]


def lock(gathering: Gathering, *, by: Person) -> Gathering:
    """The row as it is now, held until the act is done, for somebody who runs it."""
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    gathering = locked.get(pk=gathering.pk)
    if not can_host(by, gathering):
        raise PermissionDenied
    return gathering


def _keep(gathering: Gathering, step: str, words: str, *, by: Person) -> HostMessage:
    message = of(gathering, step)
    if message.words != words.strip():
        message.words = words.strip()
        message.save()
        journal.record("gathering.worded", gathering, by=by, step=step)
    return message


def _waiting(gathering: Gathering, step: str) -> MailQuerySet:
    # A mail that was tried may have arrived: taking its row away would let it be sent a second time.
    return Mail.objects.waiting().filter(key__startswith=keys_of(step, gathering), tries_count=0)
