"""What a signed-in person sees is theirs: no proxy and no shared browser may keep it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PrivateResponsesMiddleware:
    """Mark every answer to a signed-in person, and every answer to a form, as not to be stored.

    A view may say that one's own browser keeps something for a while (``private, max-age=…``): a photo
    in a list of fifty. Nothing may say that a proxy does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Cache-Control", "").startswith("private, max-age="):
            return response
        if request.user.is_authenticated or request.method not in {"GET", "HEAD"}:
            response["Cache-Control"] = "private, no-store"
        elif not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response
