"""Putting away: a suggested person is “not for me”, and is not suggested again.

It is its owner's alone, to be taken back at any time, and says nothing else: the two sit together, and find each
other's page, as before. Nothing of it is written in the journal.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from peerhood.people.models import Person, PutAway, Silence
from peerhood.platform import presence


@transaction.atomic
def put_away(owner: Person, about: Person) -> None:
    """Do not suggest them to me again. Saying it twice says it once."""
    if owner.pk == about.pk:
        raise PermissionDenied
    presence.hold(owner)
    PutAway.objects.get_or_create(owner=owner, about=about)


@transaction.atomic
def take_out(owner: Person, about: Person) -> None:
    """They may be suggested to me again."""
    PutAway.objects.filter(owner=owner, about=about).delete()


def never_suggested_to(person: Person) -> set[int]:
    """Ids of those whom this person put away or would rather not be with, and of those who blocked them; one query.

    Whoever would rather not be with *them*, and has not blocked them, is suggested as ever: to be absent would tell.
    """
    apart = Silence.objects.filter(Q(owner=person) | Q(about=person, kind=Silence.Kind.BLOCK))
    put_away = PutAway.objects.filter(owner=person).values_list("owner", "about")
    return {pk for pair in apart.values_list("owner", "about").union(put_away) for pk in pair} - {person.pk}
