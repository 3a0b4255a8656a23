"""For search engines: which pages there are to find, and which are not for them.

A page is in here exactly when it may be told outside: public circles, gatherings with nothing
in them under a rule, and stories that say of nobody who was there.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings import confidentiality
from peerhood.gatherings.being_found.telling import tellable
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.platform.kept_pages import kept
from peerhood.stories.models import Story

PER_PAGE = 5000
AN_HOUR_SECONDS = 3600
# Reached by signing in, by a code in the room, or by a link of one's own: nothing for a search engine.
NOT_FOR_ENGINES = (
    "/me/",
    "/sign-in/",
    "/sign-up/",
    "/people/",
    "/connections/",
    "/search/",
    "/mails/",
    "/mail/",
)


class Found(NamedTuple):
    address: str
    changed_at: datetime | None


@require_safe
@kept("circles", "calendars", "stories", fresh_for=AN_HOUR_SECONDS)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page to find; beyond five thousand, an index of pages of five thousand."""
    counts = [shelf.count() for shelf, _entry in _shelves()]
    pages_count = -(-sum(counts) // PER_PAGE)
    wished = request.GET.get("page", "")
    if pages_count > 1 and not wished:
        pages = [f"{settings.SITE_URL}{request.path}?page={number + 1}" for number in range(pages_count)]
        return _xml(request, "pages/sitemap_index.xml", {"pages": pages})
    number = _number(wished) if wished else 1
    if not 1 <= number <= max(1, pages_count):
        raise Http404
    return _xml(request, "pages/sitemap.xml", {"found": list(_on_page(number, counts))})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ENGINES)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('pages:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _number(wished: str) -> int:
    """The page that was asked for; 0 where it is none."""
    return int(wished) if wished.isdecimal() and len(wished) < 6 else 0


def _shelves() -> list[tuple[QuerySet, Callable[..., Found]]]:
    """What can be found, in a fixed order, and how an entry is made of each."""
    return [
        (_circles(), lambda slug: Found(reverse("circles:detail", args=[slug]), None)),
        (_gatherings(), lambda pk, changed_at: Found(reverse("gatherings:detail", args=[pk]), changed_at)),
        (_stories(), lambda slug, at: Found(reverse("stories:detail", args=[slug]), at)),
    ]


def _circles() -> QuerySet:
    return Circle.objects.visible_to(AnonymousUser()).order_by("pk").values_list("slug")


def _gatherings() -> QuerySet:
    """Those to come and those that were; one that was called off is found by its link only."""
    taking_place = tellable(Surface.INDEX).filter(state__in=Gathering.TAKING_PLACE)
    return taking_place.order_by("pk").values_list("pk", "changed_at")


def _stories() -> QuerySet:
    """Those without a gathering, and those of one in which nothing was under a rule that forbids it."""
    stories = Story.objects.visible_to(AnonymousUser()).with_level()
    stories = stories.exclude(level__in=confidentiality.forbidding(Surface.INDEX))
    return stories.order_by("pk").values_list("slug", "published_at")


def _on_page(number: int, counts: list[int]) -> Iterator[Found]:
    """One page's entries: the shelves stand one behind the other, and each is asked once at most."""
    start = (number - 1) * PER_PAGE
    end = start + PER_PAGE
    for (shelf, entry), count in zip(_shelves(), counts, strict=True):
        if start < count and end > 0:
            for row in shelf[max(0, start) : end]:
                path, changed_at = entry(*row)
                yield Found(f"{settings.SITE_URL}{path}", changed_at)
        start, end = start - count, end - count


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
