"""Pages that visitors all see alike are rendered once and kept.

Rendering is nearly all that a list of fifty costs, so the answer to a visitor
(nobody signed in) is kept for as long as the stamp it was made under stands. A
view asks for it with ``@kept("gatherings")``; nothing else is ever kept. The
form token in a kept page is a gap that is filled for each visitor.
"""

import gzip
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.middleware.gzip import re_accepts_gzip
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.http import parse_etags

from peerhood.platform import stamps

MOST_PAGES = 400
# Set on a browser that is in a room where first names are all there is: it gets no page that was made for others.
FIRST_NAMES = "first-names"
OF_THEIR_OWN = {"messages", FIRST_NAMES}
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]{64}')
GAP = b"\x00token\x00"


def kept(*names: str, fresh_for: int = 60) -> Callable:
    """Keep this view's page for visitors while the named stamps stand, ``fresh_for`` seconds at most.

    A name may use the URL's arguments: ``@kept("gatherings/{pk}")``. The seconds
    are there for what changes by the clock alone: a gathering that was upcoming
    has begun.
    """

    def mark(view: Callable) -> Callable:
        view.kept_by = (names, fresh_for)  # type: ignore[attr-defined]
        return view

    return mark


@dataclass(frozen=True)
class Page:
    body: bytes
    headers: dict[str, str]
    etag: str
    has_gap: bool

    @cached_property
    def zipped(self) -> bytes:
        """Zipped once: a feed of a thousand gatherings would cost ten times its making, again and again."""
        return gzip.compress(self.body, mtime=0)


class KeptPagesMiddleware:
    """Stands before sessions, sign-in and whatever writes a header: a visitor's kept page has it all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.csrf = CsrfViewMiddleware(get_response)
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept_by = self._kept_by(request)
        if kept_by is None:
            return self.get_response(request)
        names, fresh_for = kept_by
        language = translation.get_language_from_request(request)
        key = (
            # A page may hold addresses in full; the host is a key, and a wrong one is refused here.
            request.get_host(),
            request.get_full_path(),
            language,
            stamps.current(*names),
            int(time.time() // fresh_for),
        )
        page = self.pages.get(key)
        if page is None:
            response = self.get_response(request)
            if response.status_code != 200 or response.streaming:
                return response
            page = self._keep(key, response)
        return self._answer(request, page)

    @staticmethod
    def _kept_by(request: HttpRequest) -> tuple[list[str], int] | None:
        """The stamps a visitor's page hangs on and how long it stays fresh; None where it is not kept."""
        cookies = request.COOKIES
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in cookies or OF_THEIR_OWN & set(cookies):
            return None
        if request.headers.get("HX-Request"):
            return None
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return None
        if not hasattr(match.func, "kept_by"):
            return None
        names, fresh_for = match.func.kept_by
        return [name.format(**match.kwargs) for name in names], fresh_for

    def _keep(self, key: tuple, response: HttpResponse) -> Page:
        body, gaps = TOKEN.subn(GAP, response.content)
        etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers = {name: value for name, value in response.items() if name not in {"Content-Length", "ETag"}}
        headers["Cache-Control"] = "private, no-cache" if gaps else "public, no-cache"
        headers["Vary"] = "Cookie, Accept-Language, Accept-Encoding"
        page = Page(body, headers, etag, bool(gaps))
        with self.lock:
            self.pages[key] = page
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)
        return page

    def _answer(self, request: HttpRequest, page: Page) -> HttpResponse:
        if page.etag in parse_etags(request.headers.get("If-None-Match", "")):
            response: HttpResponse = HttpResponseNotModified()
        elif page.has_gap:
            self.csrf.process_request(request)
            response = HttpResponse(page.body.replace(GAP, get_token(request).encode()))
        elif re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            response = HttpResponse(page.zipped, headers={"Content-Encoding": "gzip"})
        else:
            response = HttpResponse(page.body)
        for name, value in page.headers.items():
            response.headers[name] = value
        response.headers["ETag"] = page.etag
        if page.has_gap:
            self.csrf.process_response(request, response)
        return response
