"""Searching: a circle is found by whoever may know of it; its members by one another.

By whom a circle may be known is decided in ``audiences_of``; later steps ask it for what is
told in a circle's name. People change what is found of them when they come and go.
"""

from collections.abc import Iterator

from allauth.account.models import EmailAddress

from peerhood import journal
from peerhood.circles.models import Circle, House, Membership
from peerhood.people import searching as people
from peerhood.people.models import Person
from peerhood.search import indexing
from peerhood.search.indexing import PUBLIC, Source, Telling

KIND = "circle"


def audiences_of(circle: Circle) -> list[str]:
    """Who may know of what a circle shows: everybody, or for a closed one its members and those at home in it."""
    if not circle.is_closed():
        return [PUBLIC]
    at_home = [f"house:{circle.pk}"] if circle.kind == Circle.Kind.IN_HOUSE else []
    return [members_of(circle), *at_home]


@people.also_as
def at_home_in(person: Person) -> list[str]:
    proven = EmailAddress.objects.filter(user=person.pk, verified=True)
    addresses = proven.values_list("email", flat=True)
    domains = {address.rpartition("@")[2].lower() for address in addresses}
    # Few belong to a house, and the whole question is a long one.
    if not House.objects.filter(domain__in=domains).exists():
        return []
    return [f"house:{pk}" for pk in Circle.objects.at_home_for(person).values_list("pk", flat=True)]


def members_of(circle: Circle) -> str:
    return f"circle:{circle.pk}"


def tellings_of(circles: list[Circle]) -> Iterator[Telling]:
    for circle in circles:
        town = [("town", circle.town)] if circle.town else []
        words = [circle.purpose, circle.eligibility, circle.town]
        yield Telling(circle.pk, circle.name, words, audiences_of(circle), town)


indexing.register(Source(KIND, Circle.objects.all, tellings_of))


@journal.listen("circle.founded")
@journal.listen("circle.edited")
def write(circle: Circle) -> None:
    indexing.write(KIND, [circle.pk])


@journal.listen("circle.founded")
def write_founders(circle: Circle) -> None:
    indexing.write(people.KIND, circle.memberships.values_list("person", flat=True))


@journal.listen("membership.joined")
@journal.listen("membership.accepted")
@journal.listen("membership.invited")
@journal.listen("membership.declined")
@journal.listen("membership.left")
def write_member(membership: Membership) -> None:
    people.write(membership.person)
