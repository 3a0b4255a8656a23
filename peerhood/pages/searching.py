"""Search over all steps: people, circles, gatherings, themes and stories, one section of each.

The index has asked who looks. What a section shows is fetched again from what that person may
see, so that a row of the index that is a moment old shows nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from peerhood.circles import searching as circles
from peerhood.circles.models import Circle
from peerhood.gatherings import searching as gatherings
from peerhood.gatherings.models import Gathering
from peerhood.people import searching as people
from peerhood.people.directory import rows_of
from peerhood.search.finding import find
from peerhood.search.folding import folded
from peerhood.search.question import Found
from peerhood.stories import searching as stories
from peerhood.stories.models import Story
from peerhood.themes import searching as themes
from peerhood.themes.models import Theme

# Of each kind so many are shown beside the others, and on a page of their own.
AT_FIRST = 5
ON_A_PAGE = 25


def _in_order(visible: Any, ids: Sequence[int]) -> list[Any]:
    there = {thing.pk: thing for thing in visible.filter(pk__in=ids)}
    return [there[pk] for pk in ids if pk in there]


def _circles(ids: Sequence[int], viewer: Any) -> list[Circle]:
    return _in_order(Circle.objects.visible_to(viewer), ids)


def _gatherings(ids: Sequence[int], viewer: Any) -> list[Gathering]:
    return _in_order(Gathering.objects.visible_to(viewer).announced().select_related("circle"), ids)


def _themes(ids: Sequence[int], viewer: Any) -> list[Theme]:
    return _in_order(Theme.objects.visible_to(viewer).select_related("circle"), ids)


def _stories(ids: Sequence[int], viewer: Any) -> list[Story]:
    stories = Story.objects.visible_to(viewer).published().with_level()
    return _in_order(stories.select_related("circle"), ids)


# In the order of the loop: what it is called, and how its rows are fetched.
KINDS: dict[str, tuple[Any, Callable[[Sequence[int], Any], Sequence[Any]]]] = {
    people.KIND: (_("People"), rows_of),
    circles.KIND: (_("Circles"), _circles),
    gatherings.KIND: (_("Gatherings"), _gatherings),
    themes.KIND: (_("Themes"), _themes),
    stories.KIND: (_("Stories"), _stories),
}


class SearchForm(forms.Form):
    """What somebody types, and what kind of thing it is. What it does not understand, it leaves out."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "enterkeyhint": "search"}),
    )
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((kind, kind) for kind in KINDS)])


@dataclass(frozen=True)
class Section:
    """What was found of one kind: how many, and the rows to show of them."""

    kind: str
    name: str
    found: Found
    rows: Sequence[Any]
    page: Page

    @property
    def has_more(self) -> bool:
        return self.found.is_more or self.found.count > len(self.rows)


@dataclass(frozen=True)
class Search:
    """Every kind with its count, for the tabs; and those with rows, to show."""

    asks: bool
    sections: Sequence[Section]

    @property
    def shown(self) -> list[Section]:
        return [section for section in self.sections if section.rows]

    @property
    def finds(self) -> bool:
        return any(section.found.count for section in self.sections)


def sections_of(viewer: Any, typed: str, kind: str, page_number: str) -> Search:
    """Search for all kinds; ``kind`` alone gets a whole page of rows, the others only their count."""
    if not folded(typed):
        return Search(False, [])
    audiences = people.audiences_of(viewer)
    number = int(page_number) if page_number.isdecimal() and len(page_number) < 6 else 1
    sections = []
    for each, (name, fetch) in KINDS.items():
        size = ON_A_PAGE if each == kind else AT_FIRST
        found = find(typed, audiences, kind=each, upto=size * number)
        found = people.left_for(viewer, found) if each == people.KIND else found
        page = Paginator(found.ids, size).get_page(number if each == kind else 1)
        rows = fetch(list(page.object_list), viewer) if kind in ("", each) else []
        sections.append(Section(each, str(name), found, rows, page))
    return Search(True, sections)
