"""A rule said no: how an act tells a person why it cannot go on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


class Refusal(Exception):
    """A rule said no. The message is shown to the person who asked."""


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
