"""Silence: rather not with somebody, or nothing to do with them at all. Nobody else learns of it.

Whoever is on a "not with" list is kept from its owner's tables, coffees and introductions, and neither
is named to welcome the other. A block does that, too, and hides the two from each other: neither finds
the other's page. To the one it is about, a blocked page is like one that was never there.

The journal says only that somebody's silences changed: an operator reads the journal.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.people.models import Person, Silence
from peerhood.people.models.silence import SilenceQuerySet
from peerhood.platform.refusals import Refusal

Kind = Silence.Kind


@transaction.atomic
def keep_apart(owner: Person, about: Person) -> None:
    """Rather not sit, have coffee or be introduced to them. It takes the place of a block."""
    _keep(owner, about, Kind.NOT_WITH)


@transaction.atomic
def block(owner: Person, about: Person) -> None:
    """Nothing to do with them: not together, and neither sees the other."""
    _keep(owner, about, Kind.BLOCK)


@transaction.atomic
def let_go(owner: Person, about: Person) -> None:
    """Take either back."""
    if Silence.objects.filter(owner=owner, about=about).delete()[0]:
        journal.record("silences.changed", owner, by=owner)


def pairs_among(people: Collection[int]) -> list[frozenset[int]]:
    """Pairs of these people of whom one would rather not be with the other; whose wish it is, is not told."""
    kept = Silence.objects.filter(owner__in=people, about__in=people).order_by("owner", "about")
    return list(dict.fromkeys(frozenset(pair) for pair in kept.values_list("owner", "about")))


def apart_from(person_id: int) -> set[int]:
    """Ids of those who would rather not be with this person, or whom this person would rather not be with."""
    return _between(Silence.objects.all(), person_id)


def hidden_from(person: Person) -> set[int]:
    """Ids of those who blocked this person, or whom this person blocked."""
    return _between(Silence.objects.blocks(), person.pk)


def _between(silences: SilenceQuerySet, person_id: int) -> set[int]:
    pairs = silences.filter(Q(owner=person_id) | Q(about=person_id)).values_list("owner", "about")
    return {pk for pair in pairs for pk in pair} - {person_id}


def _keep(owner: Person, about: Person, kind: str) -> None:
    if owner == about:
        raise Refusal(_("This is you."))
    Silence.objects.update_or_create(owner=owner, about=about, defaults={"kind": kind})
    journal.record("silences.changed", owner, by=owner)
