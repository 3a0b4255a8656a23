"""Who can help me with this: those who said they can, and that this circle's members read their names.

Two who are apart are not in each other's lists. Asking goes by the ways there are: an introduction through
somebody one keeps, or coffee, for whoever may be asked to one.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.circles.models import Circle
from peerhood.circles.permissions import is_inside
from peerhood.connections.coffee import asking
from peerhood.connections.introductions import queries as introductions
from peerhood.growth import consent
from peerhood.growth.models import SkillOffer
from peerhood.growth.skills.lists import SkillList
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.people.models.person import PersonQuerySet
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal


@transaction.atomic
def offer(circle: Circle, person: Person, skills: SkillList, keys: Collection[str]) -> None:
    """Say what one can help with, by name and in this circle; what is not among it is taken back."""
    presence.hold(person)
    if not is_inside(person, circle):
        raise PermissionDenied
    if set(keys) - skills.names.keys():
        raise Refusal(_("That is not on this list."))
    SkillOffer.objects.filter(circle=circle, person=person).delete()
    at = now()
    SkillOffer.objects.bulk_create(
        SkillOffer(circle=circle, person=person, key=key, since=at) for key in dict.fromkeys(keys)
    )


def offered_by(person: Person, circle: Circle) -> list[str]:
    offers = consent.standing(SkillOffer.objects.filter(circle=circle, person=person))
    return list(offers.order_by("pk").values_list("key", flat=True))


def helpers_with(key: str, circle: Circle, *, seen_by: Person) -> PersonQuerySet:
    offers = _offers(circle, seen_by).filter(key=key)
    return Person.objects.filter(pk__in=offers.values("person")).order_by("name", "pk")


def helper_counts(circle: Circle, *, seen_by: Person) -> Counter[str]:
    """How many of those whom this person may read can help with what."""
    return Counter(_offers(circle, seen_by).values_list("key", flat=True))


def may_have_coffee(person: Person, others: Iterable[Person]) -> set[int]:
    """Ids of those whom this person may ask to coffee."""
    may_be_asked = asking.may_be_asked_by(person).filter(pk__in=[other.pk for other in others])
    return set(may_be_asked.values_list("pk", flat=True))


def may_be_introduced(person: Person, others: Iterable[Person]) -> set[int]:
    """Ids of those to whom this person may ask somebody they keep to introduce them."""
    if not introductions.kept_by(person).exists():
        return set()
    strangers = introductions.may_be_named_by(person).filter(pk__in=[other.pk for other in others])
    return set(strangers.values_list("pk", flat=True))


def _offers(circle: Circle, seen_by: Person) -> QuerySet[SkillOffer]:
    offers = consent.standing(SkillOffer.objects.filter(circle=circle, person__is_active=True))
    return offers.exclude(person=seen_by).exclude(person__in=silence.apart_from(seen_by.pk))
