"""The stylesheet goes out before sessions and sign-in: it is the same for everybody, and kept for ever.

Further in, signing in would make it private and every cookie would make it another file.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from peerhood.design.stylesheet import current

ADDRESS = re.compile(r"/style/([-\w]+)\.css")
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


class StylesheetMiddleware:
    """Stands beside the static files, in front of everything that knows who is asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = ADDRESS.fullmatch(request.path_info)
        return stylesheet(request, asked[1]) if asked else self.get_response(request)


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the joined CSS; under its own digest for ever, under any other for a minute."""
    sheet = current()
    zipped = TAKES_GZIP.search(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(sheet.zipped if zipped else sheet.text, content_type="text/css; charset=utf-8")
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    # A page made just before an upgrade asks for the old digest: better dressed anew than not at all.
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if digest == sheet.digest else "public, max-age=60"
    )
    return response
