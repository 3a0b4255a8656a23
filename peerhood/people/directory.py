"""The directory: people by name, as far as whoever looks may know of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peerhood import packs
from peerhood.people.models import INSIDE, Person
from peerhood.people.searching import KIND, TOPIC, TOWN, audiences_of, left_for
from peerhood.people.seeing.cards import Card, card_of
from peerhood.people.seeing.visibility import Level
from peerhood.search.finding import MOST, find
from peerhood.search.question import Found


class DirectoryForm(forms.Form):
    """What to look for. What it does not understand, it leaves out."""

    q = forms.CharField(label=_("Name or words"), required=False, max_length=120)
    town = forms.CharField(label=_("Town"), required=False, max_length=80)
    topic = forms.CharField(label=_("Topic they can talk about"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack, language = packs.current(), get_language() or settings.LANGUAGE_CODE
        for name in ("q", "town", "topic"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "enterkeyhint": "search"}
        self.pack_keys = sorted(pack.fields, key=lambda key: not pack.fields[key].asked_first)
        for key in self.pack_keys:
            self.fields[f"profile_{key}"] = forms.ChoiceField(
                label=pack.label(key, language),
                required=False,
                choices=[("", "–"), *pack.choices(key, language)],
            )

    def more(self) -> list[forms.BoundField]:
        """What stands apart: the topic, and the pack's questions, those first that a newcomer is asked first."""
        return [self["topic"], *(self[f"profile_{key}"] for key in self.pack_keys)]

    def narrows_more(self) -> bool:
        """Is one of the questions that stand apart answered?"""
        return any(field.value() for field in self.more())

    def asks(self) -> bool:
        """Is anything looked for at all?"""
        return any(self.cleaned_data.values())

    def find(self, viewer: Person | AnonymousUser, upto: int = MOST) -> Found:
        said = self.cleaned_data
        having = [(key, said.get(f"profile_{key}", "")) for key in self.pack_keys]
        words = [(TOPIC, word) for word in said.get("topic", "").split()]
        found = find(
            said.get("q", ""),
            audiences_of(viewer),
            kind=KIND,
            having=[(key, value) for key, value in having if value],
            beginning=[(TOWN, said.get("town", "")), *words],
            upto=upto,
        )
        return left_for(viewer, found)


@dataclass(frozen=True)
class Row:
    """One person in a list, and the circles they share with whoever looks."""

    card: Card
    circles: Sequence[str] = ()


def rows_of(ids: Sequence[int], viewer: Person | AnonymousUser) -> list[Row]:
    """The people of these ids, in this order, as the viewer may see them; the same number of queries for any."""
    pack, language = packs.current(), get_language() or settings.LANGUAGE_CODE
    visible = Person.objects.visible_to(viewer).filter(pk__in=ids).prefetch_related("affiliations__employer")
    people = {person.pk: person for person in visible}
    circles = _circles_shared(list(people), viewer) if isinstance(viewer, Person) else {}
    rows = []
    for pk in ids:
        if pk in people:
            card = card_of(people[pk], _nearness(pk, viewer, circles), pack=pack, language=language)
            rows += [Row(card, circles.get(pk, []))] if card else []
    return rows


def _nearness(pk: int, viewer: Person | AnonymousUser, circles: dict[int, list[str]]) -> Level:
    if not isinstance(viewer, Person):
        return Level.PUBLIC
    if viewer.pk == pk:
        return Level.ME
    return Level.CIRCLES if pk in circles else Level.MEMBERS


def _circles_shared(ids: list[int], viewer: Person) -> dict[int, list[str]]:
    """Names of the circles that each of these people is inside of, by their own yes, together with the viewer."""
    both = viewer.memberships.filter(
        state__in=INSIDE,
        circle__memberships__person__in=[pk for pk in ids if pk != viewer.pk],
        circle__memberships__state__in=INSIDE,
        circle__memberships__invitations=None,
    )
    shared = defaultdict(list)
    pairs = both.order_by("circle__name", "circle").values_list("circle__memberships__person", "circle__name")
    for pk, name in pairs:
        shared[pk].append(name)
    return shared
