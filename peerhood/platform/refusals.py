"""A rule said no: how an act tells a person why it cannot go on."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=Model)


class Refusal(Exception):
    """A rule said no. The message is shown to the person who asked."""


class NoLongerThere(Refusal):
    """What somebody acts on is gone since their page was shown."""

    def __init__(self) -> None:
        super().__init__(_("It is not there any more."))


def still_there(rows: QuerySet[Row]) -> Row:
    """The one row that somebody acts on, looked for again inside the act."""
    found = rows.first()
    if found is None:
        raise NoLongerThere
    return found


class RefusalMiddleware:
    """Answer a Refusal with its message and 409 Conflict, as a page or a fragment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = "refusal.html#notice" if getattr(request, "htmx", False) else "refusal.html"
        return render(request, template, {"reason": exception, "back": _page_before(request)}, status=409)


def _page_before(request: HttpRequest) -> str:
    """Where the button was pressed: the page before, when it is one of ours."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if ours else "/"
