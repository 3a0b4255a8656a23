"""Searching: a theme is found by the members of its circle, until it is withdrawn."""

from collections.abc import Iterator

from django.db.models import QuerySet

from peerhood import journal
from peerhood.circles.searching import members_of
from peerhood.search import indexing
from peerhood.search.indexing import Source, Telling
from peerhood.themes.models import Theme

KIND = "theme"


def tellings_of(themes: list[Theme]) -> Iterator[Telling]:
    for theme in themes:
        yield Telling(theme.pk, theme.title, [theme.question], [members_of(theme.circle)])


def _standing() -> QuerySet[Theme]:
    return Theme.objects.exclude(state=Theme.State.WITHDRAWN).select_related("circle")


indexing.register(Source(KIND, _standing, tellings_of))


@journal.listen("theme.proposed")
@journal.listen("theme.withdrawn")
def write(theme: Theme) -> None:
    indexing.write(KIND, [theme.pk])
