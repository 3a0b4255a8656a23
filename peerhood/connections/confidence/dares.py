"""Dare cards: something small to dare at a gathering one goes to, drawn by oneself and seen by nobody else.

No card comes twice before all have come; at one gathering none comes twice at all.
"""

import tomllib
from functools import cache
from importlib.resources import files
from random import SystemRandom

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from peerhood.connections.models import Dare
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal

OTHERWISE = "en"


@cache
def cards() -> dict[str, dict[str, str]]:
    """Each card's sentence, by key and language."""
    text = (files("peerhood.connections.confidence") / "dares.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def sentence(key: str) -> str:
    """What a card says in the active language; one that is not printed any more says nothing."""
    said = cards().get(key, {})
    return said.get((translation.get_language() or OTHERWISE)[:2], said.get(OTHERWISE, ""))


def may_draw(gathering: Gathering, person: Person) -> bool:
    """Whoever has a seat, until it is over."""
    is_on = gathering.is_announced() and not gathering.is_over()
    return is_on and gathering.rsvps.going().filter(person=person).exists()


def drawn_for(gathering: Gathering, person: Person) -> list[Dare]:
    """All this person drew for it, the first one first."""
    return list(Dare.objects.filter(gathering=gathering, person=person))


@transaction.atomic
def draw(gathering: Gathering, person: Person) -> Dare:
    """Draw a card; the one in hand goes back into the box. With a card in hand and no other left, it stays."""
    if not may_draw(gathering, person):
        raise PermissionDenied
    # A card at a time: two taps at once are one after the other.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    presence.hold(person)
    mine = Dare.objects.filter(person=person)
    here = set(mine.filter(gathering=gathering).values_list("card", flat=True))
    left = [key for key in cards() if key not in here]
    if not left:
        raise Refusal(_("You have seen every card. Those you liked are still here."))
    ever = set(mine.values_list("card", flat=True))
    fresh = [key for key in left if key not in ever] or left
    mine.filter(gathering=gathering, state=Dare.State.DRAWN).update(state=Dare.State.NOT_TODAY)
    return Dare.objects.create(person=person, gathering=gathering, card=SystemRandom().choice(fresh))


@transaction.atomic
def answer(gathering: Gathering, person: Person, state: str) -> None:
    """Done, or not today. Either is fine, and it can be said afterwards as well."""
    if state not in (Dare.State.DONE, Dare.State.NOT_TODAY):
        raise Refusal(_("Say “done” or “not today”."))
    Dare.objects.filter(gathering=gathering, person=person, state=Dare.State.DRAWN).update(state=state)
