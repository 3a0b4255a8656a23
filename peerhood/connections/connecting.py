"""Connecting: you keep somebody when both of you say that you met.

Whoever shared a table with you at a gathering can be said to; until the other says it
too, nobody learns of it, the other least of all. It can also be said with a contact card,
outside a table (``cards.leaving``). When the second word is said, each
gets a mail and sees how to reach the other. Taking the word back ends it for both.
Two whom a third introduced keep each other, too: each said yes to it.

Nothing is written in the journal before both have said it: a one-sided word is nobody
else's business, and an operator reads the journal.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.connections.models import Connection, LeftCard
from peerhood.gatherings.models import Gathering
from peerhood.mixing.queries import people_met_at
from peerhood.notices import sending
from peerhood.people.models import Person
from peerhood.platform import presence


@transaction.atomic
def say_met(person: Person, other: Person, gathering: Gathering) -> Connection:
    """Say "we met", about somebody one shared a table with there. Saying it twice says it once."""
    if other not in people_met_at(gathering, person):
        raise PermissionDenied
    return say(person, other, gathering)


@transaction.atomic
def say(person: Person, other: Person, gathering: Gathering | None) -> Connection:
    """Say it of somebody, wherever it was; whoever calls has asked whether they may. Twice is once."""
    presence.hold(person)
    one, second = hold(person, other)
    pairs = Connection.objects.select_related("one", "other", "met_at")
    connection, _is_new = pairs.get_or_create(one=one, other=second, defaults={"met_at": gathering})
    if connection.said_at(person):
        return connection
    connection.say(person, now())
    connection.save(update_fields=["one_said_at", "other_said_at"])
    if connection.is_mutual():
        _tell_both(connection)
        _made(connection, person)
    return connection


def _made(connection: Connection, person: Person) -> None:
    pair = (connection.one, connection.other)
    # What waited for a yes has had it.
    LeftCard.objects.filter(owner__in=pair, leaver__in=pair).delete()
    journal.record("connection.made", connection, by=person)


def _tell_both(connection: Connection) -> None:
    for person in (connection.one, connection.other):
        sending.send(
            person,
            "connections/connected",
            key=f"connections/connected/{connection.pk}/{person.pk}",
            other=connection.the_other(person),
            gathering=connection.met_at,
        )


@transaction.atomic
def introduced(person: Person, other: Person) -> Connection:
    """Both said yes to an introduction, ``person`` last: they keep each other. The letter tells them, and no other mail."""
    presence.hold(person)
    one, second = hold(person, other)
    connection, _is_new = Connection.objects.select_related("one", "other").get_or_create(
        one=one, other=second
    )
    if connection.is_mutual():
        return connection
    for each in (one, second):
        connection.say(each, connection.said_at(each) or now())
    connection.save(update_fields=["one_said_at", "other_said_at"])
    _made(connection, person)
    return connection


@transaction.atomic
def take_back(person: Person, other: Person, gathering: Gathering | None = None) -> None:
    """Take one's word back. What the other said stays theirs; a pair without a word leaves no trace."""
    hold(person, other)
    # What one left with a card goes with one's word; a no to it stays, so that nobody is asked again and again.
    LeftCard.objects.filter(owner=other, leaver=person, is_declined=False).delete()
    connection = Connection.objects.between(person, other).select_related("one", "other").first()
    if connection is None or not connection.said_at(person):
        return
    if connection.is_mutual():
        journal.record("connection.ended", connection, by=person)
    connection.say(person, None)
    if connection.said_at(other):
        connection.save(update_fields=["one_said_at", "other_said_at"])
    else:
        connection.delete()


def hold(person: Person, other: Person) -> list[Person]:
    """Keep the pair for the rest of the transaction: two words said at once are said one after the other.

    It is the two people's rows that are locked, in the order of their keys: the pair's own row comes and goes.
    Returns the two in that order.
    """
    in_order = sorted((person, other), key=lambda each: each.pk)
    pair = Person.objects.select_for_update(no_key=True).filter(pk__in=[each.pk for each in in_order])
    list(pair.order_by("pk").values_list("pk"))
    return in_order
