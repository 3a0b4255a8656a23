"""Thanking: a few words from one member to another, by mail, and kept for the receiver alone.

Between people who keep each other, or were at the same gathering. A gathering is named only where a mail may
name its guests. Never public, never counted, not in the journal. Whoever would rather not hear from
somebody does not, and nobody learns of it.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections.models import Connection, ThankYou
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.mixing.models import Encounter
from peerhood.notices import sending
from peerhood.notices.choices import Group
from peerhood.notices.models import Unwanted
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.people.models.person import PersonQuerySet
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

AGAIN_AFTER = timedelta(days=7)
A_DAY, MOST_A_DAY = timedelta(days=1), 5
LOOKED_BACK = timedelta(days=365)


def may_be_thanked_by(person: Person) -> PersonQuerySet:
    """Whom this person may thank."""
    pairs = Connection.objects.of(person)
    tables = Encounter.objects.of(person)
    at_table = Q(pk__in=tables.values("one")) | Q(pk__in=tables.values("other"))
    kept = Q(pk__in=pairs.values("one")) | Q(pk__in=pairs.values("other"))
    there = Q(pk__in=_there_with(person).values("person"))
    found = Person.objects.filter(at_table | kept | there, is_active=True).exclude(pk=person.pk)
    # Whoever has turned thanks off is absent as well: so nobody can tell why somebody is.
    unwanted = Unwanted.objects.filter(group=Group.THANKS).values("person")
    apart = silence.apart_from(person.pk)
    return found.exclude(pk__in=apart).exclude(pk__in=unwanted).not_hidden_from(person)


def _there_with(person: Person):
    """Others who were where this person was, lately, and let the circle read their names."""
    was_there = _present(Rsvp.objects.filter(person=person, gathering=OuterRef("gathering")))
    over = Q(
        gathering__ends_at__lt=now(),
        gathering__ends_at__gt=now() - LOOKED_BACK,
        gathering__state__in=Gathering.TAKING_PLACE,
    )
    return _present(Rsvp.objects.filter(over)).shown_to_others().filter(Exists(was_there))


def _present(rsvps):
    """Those checked in, where anybody was; those with a seat elsewhere."""
    kept_the_door = Rsvp.objects.checked_in().filter(gathering=OuterRef("gathering"))
    return rsvps.going().filter(~Exists(kept_the_door) | Q(checked_in_at__isnull=False))


def where_both_were(sender: Person, receiver: Person) -> Gathering | None:
    """The last gathering at which both were, if it may be named to either."""
    met = Encounter.objects.of(sender).filter(Q(one=receiver) | Q(other=receiver)).values("gathering")
    there = _there_with(sender).filter(person=receiver).values("gathering")
    both = Gathering.objects.filter(Q(pk__in=met) | Q(pk__in=there)).select_related("circle")
    last = both.order_by("-starts_at", "-pk").first()
    return last if last and last.allows(Surface.NOTICE_NAMES) else None


def why_not(sender: Person, receiver: Person) -> str:
    """Why it has to wait; nothing when it does not."""
    sent = ThankYou.objects.filter(sender=sender)
    if sent.filter(receiver=receiver, sent_at__gt=now() - AGAIN_AFTER).exists():
        return _("You thanked them within the last week. That still warms.")
    if sent.filter(sent_at__gt=now() - A_DAY).count() >= MOST_A_DAY:
        return _("Five notes a day are many. Write this one tomorrow.")
    return ""


@transaction.atomic
def thank(sender: Person, receiver: Person, text: str) -> ThankYou:
    """Send a few words of thanks."""
    # Held, so that two notes written at once are counted one after the other.
    pair = Person.objects.select_for_update(no_key=True).filter(pk__in=(sender.pk, receiver.pk))
    list(pair.order_by("pk").values_list("pk"))
    if not may_be_thanked_by(sender).filter(pk=receiver.pk).exists():
        raise PermissionDenied
    presence.hold(sender)
    if reason := why_not(sender, receiver):
        raise Refusal(reason)
    gathering = where_both_were(sender, receiver)
    note = ThankYou.objects.create(sender=sender, receiver=receiver, text=text.strip(), gathering=gathering)
    sending.send(
        receiver,
        "connections/thanked",
        key=f"connections/thanked/{note.pk}",
        other=sender,
        words=note.text,
        gathering=gathering,
    )
    return note


def received_by(person: Person):
    """Kept for this person, newest first; without those of people who are hidden from them."""
    seen = Person.objects.not_hidden_from(person).values("pk")
    notes = ThankYou.objects.filter(receiver=person, sender__in=seen)
    return notes.select_related("sender", "gathering__circle")


@transaction.atomic
def remove(note: ThankYou, by: Person) -> None:
    """Put away for good. Who wrote it is not told."""
    if by.pk != note.receiver_id:
        raise PermissionDenied
    note.delete()
