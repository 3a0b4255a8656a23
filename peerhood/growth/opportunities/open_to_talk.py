"""Open to talk: somebody says, to the circles they choose, that they are open to talk about opportunities.

Never to a colleague: nobody who works at the same employer, or did within a year, nobody with a proven address at
the same employer's domain, and nobody of a circle within one employer that both belong to reads it - not in a list,
not as a number, not by searching, and not as an organiser. It is asked anew each time, so a new job counts at once.
Nor does anybody of whom one would rather not hear. It ends by itself after ninety days.
"""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, now

from peerhood.circles.models import Circle, Membership
from peerhood.circles.queries import circles_of
from peerhood.growth.models.opportunity import OpenToTalk
from peerhood.people import silence
from peerhood.people.addresses import OF_ONES_OWN
from peerhood.people.models import Affiliation, Person
from peerhood.platform import presence

# Whoever left an employer still has friends there.
COLLEAGUES_FOR = timedelta(days=365)


def circles_to_choose(person: Person) -> QuerySet[Circle]:
    """Where one may say so: never within one employer."""
    return circles_of(person).exclude(kind=Circle.Kind.IN_HOUSE)


@transaction.atomic
def say(person: Person, *, kinds: Iterable[str], words: str, circles: Iterable[Circle]) -> OpenToTalk:
    """For ninety days from now. Nothing of it is written in the journal."""
    presence.hold(person)
    chosen = {circle.pk for circle in circles}
    if not chosen or chosen - set(circles_to_choose(person).values_list("pk", flat=True)):
        raise PermissionDenied
    said = {"kinds": sorted(kinds), "words": words.strip(), "ends_at": now() + OpenToTalk.FOR}
    open_to_talk, _created = OpenToTalk.objects.update_or_create(person=person, defaults=said)
    open_to_talk.circles.set(chosen)
    return open_to_talk


@transaction.atomic
def end(person: Person) -> None:
    """No longer. Nothing of it is kept."""
    presence.hold(person)
    OpenToTalk.objects.filter(person=person).delete()


def forget_old() -> None:
    """What has ended is nobody's business, and is not kept."""
    OpenToTalk.objects.filter(ends_at__lte=now()).delete()


def read_by(reader: Person, circle: Circle) -> QuerySet[OpenToTalk]:
    """Who of a circle's members says so to this reader."""
    if circle.kind == Circle.Kind.IN_HOUSE:
        return OpenToTalk.objects.none()
    here = Membership.objects.active().by_their_own_yes().filter(circle=circle, person=OuterRef("person"))
    said = OpenToTalk.objects.filter(Exists(here), circles=circle, ends_at__gt=now(), person__is_active=True)
    said = said.exclude(person=reader).exclude(person__in=silence.apart_from(reader.pk))
    return without_colleagues(said, reader).select_related("person").order_by("person__name", "pk")


def without_colleagues(said: QuerySet[OpenToTalk], reader: Person) -> QuerySet[OpenToTalk]:
    return said.exclude(person__in=colleagues_of(reader).values("pk"))


def colleagues_of(person: Person) -> QuerySet[Person]:
    """Everybody of whom we can tell that they share an employer with this person."""
    lately = Q(ended_on=None) | Q(ended_on__gte=localdate() - COLLEAGUES_FOR)
    employers = Affiliation.objects.filter(lately, person=person).values("employer")
    at_work = Affiliation.objects.filter(lately, employer__in=employers).values("person")
    houses = Circle.objects.filter(kind=Circle.Kind.IN_HOUSE, memberships__in=person.memberships.inside())
    in_house = Membership.objects.inside().filter(circle__in=houses.values("pk")).values("person")
    found = Q(pk__in=at_work) | Q(pk__in=in_house)
    for domain in sorted(_work_domains(person)):
        same = EmailAddress.objects.filter(verified=True, email__iendswith=f"@{domain}")
        found |= Q(pk__in=same.values("user"))
    return Person.objects.filter(found)


def _work_domains(person: Person) -> set[str]:
    """What stands after the @ of their proven addresses, mailboxes of one's own apart."""
    proven = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {email.rpartition("@")[2].lower() for email in proven} - OF_ONES_OWN
