"""Asking somebody to coffee: two times, a place, and a few words if one likes.

Whom one may ask: those one keeps and those of one's circles, unless they do not want to be asked.
Whoever is apart from one is absent just as somebody who does not want to be asked. Nothing of it is
written in the journal: it is the business of the two.
"""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.connections.models import Coffee, Connection, NoCoffee
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.people.models.person import PersonQuerySet
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

# Nobody is asked by the same person again for so long after they did not say yes.
LEFT_IN_PEACE = timedelta(days=90)
MOST_OPEN = 3
AT_LATEST = timedelta(days=60)


def may_be_asked_by(person: Person) -> PersonQuerySet:
    """Whom this person may ask to coffee."""
    pairs = Connection.objects.of(person)
    near = Q(pk__in=Person.objects.sharing_a_circle_with(person).values("pk"))
    kept = Q(pk__in=pairs.values("one")) | Q(pk__in=pairs.values("other"))
    here = Person.objects.filter(near | kept, is_active=True).exclude(pk=person.pk)
    return (
        here.exclude(pk__in=silence.apart_from(person.pk))
        .exclude(pk__in=NoCoffee.objects.values("person"))
        .not_hidden_from(person)
    )


def why_not(asker: Person, asked: Person) -> str:
    """Why it has to wait, in words for the asker; nothing when it does not."""
    between = Coffee.objects.between(asker, asked)
    if between.open().exists():
        return _("One of you has asked the other already, and the answer is still to come.")
    if between.to_come().exists():
        return _("The two of you have a coffee to look forward to already.")
    lately = Coffee.objects.filter(asker=asker, asked=asked, made_at__gt=now() - LEFT_IN_PEACE)
    unanswered = Q(state__in=[Coffee.State.DECLINED, Coffee.State.EXPIRED]) | Q(
        state=Coffee.State.OPEN, last_at__lte=now()
    )
    # Asked and taken back several times is asking several times.
    taken_back_count = lately.filter(state=Coffee.State.WITHDRAWN).count()
    if lately.filter(unanswered).exists() or taken_back_count > 1:
        return _("You asked not long ago. Leave it with them for a while.")
    if Coffee.objects.filter(asker=asker).open().count() >= MOST_OPEN:
        return _("You have asked three people who have not answered yet. Wait for one of them first.")
    return ""


@transaction.atomic
def ask(
    asker: Person, asked: Person, *, first_at: datetime, second_at: datetime, place: str, words: str = ""
) -> Coffee:
    """Ask somebody; they get a mail, with the words in it."""
    hold(asker, asked)
    if not may_be_asked_by(asker).filter(pk=asked.pk).exists():
        raise PermissionDenied
    presence.hold(asker)
    if reason := why_not(asker, asked):
        raise Refusal(reason)
    if min(first_at, second_at) <= now() or max(first_at, second_at) > now() + AT_LATEST:
        raise Refusal(_("Choose two times within the next two months."))
    if first_at == second_at:
        raise Refusal(_("Choose two different times."))
    Coffee.objects.between(asker, asked).overdue().update(state=Coffee.State.EXPIRED)
    coffee = Coffee.objects.create(
        asker=asker,
        asked=asked,
        first_at=first_at,
        second_at=second_at,
        last_at=max(first_at, second_at),
        time_zone=asker.time_zone,
        place=place.strip(),
        words=words.strip(),
    )
    sending.send(asked, "connections/coffee_asked", key=f"{key_of(coffee)}asked", coffee=coffee, other=asker)
    return coffee


@transaction.atomic
def take_invitations(person: Person, *, wanted: bool) -> None:
    """Say whether one wants to be asked at all. What was asked already stays to be answered."""
    presence.hold(person)
    if wanted:
        NoCoffee.objects.filter(person=person).delete()
    else:
        NoCoffee.objects.get_or_create(person=person)


def takes_invitations(person: Person) -> bool:
    return not NoCoffee.objects.filter(person=person).exists()


def key_of(coffee: Coffee) -> str:
    """How the keys of all its mails begin."""
    return f"connections/coffee/{coffee.pk}/"


def hold(one: Person, other: Person) -> None:
    """Keep the pair for the rest of the transaction: what two do at once is done one after the other."""
    pair = Person.objects.select_for_update(no_key=True).filter(pk__in=(one.pk, other.pk))
    list(pair.order_by("pk").values_list("pk"))
