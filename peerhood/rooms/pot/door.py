"""The pot's own door: in front of every page, because pages know who asks and this one must not.

It has no session, no cookie and no log, and handing in asks no database: whoever does shows
nothing but the pot's key, which everybody in the room has. A request that brings a cookie, a password or
the page it came from is refused unread, so that a mistake fails instead of telling.

On a host name of its own (POT_HOST), which never gets a cookie, the same door shows a
page that works without JavaScript.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from http import HTTPStatus

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms.pot import card_codes, envelope, hat, spool, taking_back
from peerhood.rooms.pot.envelope import Envelope

Environ = dict
Start = Callable
PATH = re.compile(r"/pot/([0-9a-f]{32})/(back/)?")
# Where a paper card leads to, whichever pot is open.
CARD_PAGE = "/pot/card/"
# What could tell who asks.
TELLING = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_REFERER")
HEADERS = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
    ),
]
# What became of it, by the answer's status: a word for the phone's script, and a sentence on the page.
ANSWERS: dict[type[Exception], HTTPStatus] = {
    envelope.TooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    envelope.NotAnEnvelope: HTTPStatus.BAD_REQUEST,
    spool.NoTicket: HTTPStatus.FORBIDDEN,
    spool.NoPot: HTTPStatus.NOT_FOUND,
    spool.Spent: HTTPStatus.CONFLICT,
    spool.Closed: HTTPStatus.GONE,
    spool.Full: HTTPStatus.TOO_MANY_REQUESTS,
}


def address(key: str) -> str:
    """Where a phone hands in to this pot."""
    return f"/pot/{key}/"


def in_front_of(pages: Callable) -> Callable:
    """The pages, with the pot beside them; on the pot's own host there is nothing else."""

    def application(environ: Environ, start_response: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == CARD_PAGE:
            return _answered_to_card(environ, start_response)
        if path.startswith("/pot/"):
            return _answered(environ, start_response, PATH.fullmatch(path))
        if _is_pot_host(environ) and not path.startswith((settings.STATIC_URL, "/style/")):
            return _say(start_response, HTTPStatus.NOT_FOUND, "")
        return pages(environ, start_response)

    return application


def _is_pot_host(environ: Environ) -> bool:
    host = environ.get("HTTP_HOST", "").partition(":")[0].lower()
    return bool(settings.POT_HOST) and host == settings.POT_HOST


def _answered(environ: Environ, start: Start, asked: re.Match | None) -> Iterable[bytes]:
    if asked is None:
        return _say(start, HTTPStatus.NOT_FOUND, "")
    key, is_back = asked[1], bool(asked[2])
    is_form = environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded")
    if any(name in environ for name in TELLING) or not _is_safe(environ):
        return _say(start, HTTPStatus.BAD_REQUEST, _page(None, "who") if is_form else "")
    if environ["REQUEST_METHOD"] == "GET" and not is_back:
        return _show(start, key)
    if environ["REQUEST_METHOD"] != "POST":
        return _say(start, HTTPStatus.METHOD_NOT_ALLOWED, "")
    status = _taken(environ, key, is_back=is_back)
    return _say(start, status, _page(_about(key), status.name.lower()) if is_form else "")


def _answered_to_card(environ: Environ, start: Start) -> Iterable[bytes]:
    """Ask for the code on the card, then show the page of the pot that it is good for."""
    if any(name in environ for name in TELLING) or not _is_safe(environ):
        return _say(start, HTTPStatus.BAD_REQUEST, _page(None, "who"))
    if environ["REQUEST_METHOD"] == "GET":
        return _say(start, HTTPStatus.OK, _page(None, "card"))
    if environ["REQUEST_METHOD"] != "POST":
        return _say(start, HTTPStatus.METHOD_NOT_ALLOWED, "")
    try:
        token = envelope.read(_body(environ), envelope.FORM).token
        about = spool.about(
            settings.POT_SPOOL, spool.key_for_card(settings.POT_SPOOL, card_codes.hashed(token))
        )
    except tuple(ANSWERS):
        return _say(start, HTTPStatus.FORBIDDEN, _page(None, "no_card"))
    return _say(start, HTTPStatus.OK, _page(about, "asked", token=token.removeprefix(card_codes.MARK)))


def _is_safe(environ: Environ) -> bool:
    """In production only over https, which a proxy may end for us."""
    if not getattr(settings, "SECURE_SSL_REDIRECT", False):
        return True
    name, value = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) or ("", "")
    return environ.get("wsgi.url_scheme") == "https" or (bool(name) and environ.get(name) == value)


def _taken(environ: Environ, key: str, *, is_back: bool) -> HTTPStatus:
    try:
        read = envelope.read(_body(environ), environ.get("CONTENT_TYPE", ""))
        if is_back:
            _take_back(key, read)
        else:
            hat.take_in(settings.POT_SPOOL, key, read)
    except tuple(ANSWERS) as error:
        return ANSWERS[type(error)]
    return HTTPStatus.OK


def _body(environ: Environ) -> bytes:
    length = whole_number(environ.get("CONTENT_LENGTH") or "")
    if length < 0:
        raise envelope.NotAnEnvelope
    if length > envelope.MOST_OF_A_FORM:
        raise envelope.TooLong
    return environ["wsgi.input"].read(length)


def _take_back(key: str, read: Envelope) -> None:
    """The note goes where it is; the answer never says whether there was one."""
    # Only here is the database asked: the note may have been poured out, or be on its way.
    if not spool.take_back(settings.POT_SPOOL, key, read):
        taking_back.take_back(key, read.nullifier)


def _show(start: Start, key: str) -> Iterable[bytes]:
    about = _about(key)
    if about is None:
        return _say(start, HTTPStatus.NOT_FOUND, _page(None, "not_found"))
    return _say(start, HTTPStatus.OK, _page(about, "asked"))


def _about(key: str) -> dict | None:
    try:
        return spool.about(settings.POT_SPOOL, key)
    except spool.NoPot:
        return None


def _page(about: dict | None, outcome: str, *, token: str = "") -> str:
    """``token`` is the code of a card that was typed already."""
    language = (about or {}).get("language", settings.LANGUAGE_CODE)
    with translation.override(language):
        # A token for a page that has no script to make one; it is known to the page and to nobody else.
        context = {
            "about": about,
            "outcome": outcome,
            "language": language,
            "code": token,
            "token": _new_token(),
            "action": address(about["key"]) if about else "",
            "card_page": CARD_PAGE,
        }
        return render_to_string("rooms/pot/page.html", context)


def _new_token() -> str:
    return secrets.token_hex(12).upper()


def _say(start: Start, status: HTTPStatus, page: str) -> Iterable[bytes]:
    kind = "text/html" if page else "text/plain"
    body = (page or status.phrase).encode()
    start(
        f"{status.value} {status.phrase}",
        [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(body))), *HEADERS],
    )
    return [body]
