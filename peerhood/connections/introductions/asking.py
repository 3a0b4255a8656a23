"""Asking: somebody I keep is asked to bring me together with a person of my circles, or with “somebody who …”.

Whether they know whom I named is told to nobody, and so the wish is taken in any case. From then on I read the same
until its thirty days are over, whatever becomes of it: not passed on, answered with a quiet no, or kept from somebody
who would rather not be with me. Only a yes of all three is told, and then to all three.

Nothing of it is written in the journal: it is the business of the three.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections.introductions import queries
from peerhood.connections.models import Introduction
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal, still_there

MOST_GOING_ON = 3


def why_not(asker: Person, wanted: Person | None = None) -> str:
    """Why it has to wait, in words for the asker; nothing when it does not. It hangs on what the asker knows alone."""
    if wanted is not None and Introduction.objects.lately(asker).filter(wanted=wanted).exists():
        return _("You asked for them not long ago. Leave it for a while.")
    if Introduction.objects.filter(asker=asker).going_on().count() >= MOST_GOING_ON:
        return _("Three of your wishes are on their way. Wait for one of them, or take one back.")
    return ""


@transaction.atomic
def ask(
    asker: Person, go_between: Person, *, reason: str, wanted: Person | None = None, wish: str = ""
) -> Introduction:
    """Ask somebody one keeps; they get a mail, unless they would rather not be with the asker."""
    hold(asker, go_between)
    presence.hold(asker)
    if not queries.kept_by(asker).filter(pk=go_between.pk).exists():
        raise PermissionDenied
    if wanted is not None and not queries.may_be_named_by(asker).filter(pk=wanted.pk).exists():
        raise PermissionDenied
    if wanted is None and not wish.strip():
        raise Refusal(_("Say whom you would like to meet."))
    if not reason.strip():
        raise Refusal(_("Say why you would like to meet."))
    if waits := why_not(asker, wanted):
        raise Refusal(waits)
    introduction = Introduction.objects.create(
        asker=asker,
        go_between=go_between,
        wanted=wanted,
        wish="" if wanted else wish.strip(),
        reason=reason.strip(),
        ends_at=now() + Introduction.OPEN_FOR,
    )
    if not silence.pairs_among([asker.pk, go_between.pk]):
        sending.send(
            go_between,
            "connections/introduction_asked",
            key=f"{key_of(introduction)}asked",
            introduction=introduction,
            other=asker,
        )
    return introduction


@transaction.atomic
def withdraw(introduction: Introduction, person: Person) -> Introduction:
    """Take it back, until all have said yes. Whoever had it in hand finds it no more."""
    introduction = held(introduction)
    if person.pk != introduction.asker_id:
        raise PermissionDenied
    presence.hold(person)
    if introduction.is_withdrawn():
        return introduction
    if not introduction.is_going_on():
        raise Refusal(_("There is nothing left to take back."))
    settle(introduction, Introduction.State.WITHDRAWN, ends_at=now())
    return introduction


def key_of(introduction: Introduction) -> str:
    """How the keys of all its mails begin."""
    return f"connections/introduction/{introduction.pk}/"


def settle(introduction: Introduction, state: str, **fields) -> None:
    """Whatever still waits to be sent about it is not sent."""
    for name, value in (fields | {"state": state}).items():
        setattr(introduction, name, value)
    introduction.save(update_fields=["state", *fields])
    sending.take_back(key_of(introduction))


def hold(*people: Person) -> None:
    """Keep these people for the rest of the transaction: what is done at once is done one after the other."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=[person.pk for person in people])
    list(rows.order_by("pk").values_list("pk"))


def held(introduction: Introduction) -> Introduction:
    """The introduction as it is now, and nobody else changes it until the transaction ends."""
    people = (introduction.asker, introduction.go_between, introduction.target)
    hold(*(person for person in people if person is not None))
    found = Introduction.objects.select_related("asker", "go_between", "target", "wanted", "passed_to")
    return still_there(found.filter(pk=introduction.pk))
