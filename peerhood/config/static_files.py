"""Static files go out in front of Django, zipped where bin/setup has collected them.

As a middleware servestatic is async: under WSGI every page would pay for an event
loop of its own, which costs more than all other middleware together.
"""

from collections.abc import MutableMapping
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from servestatic import ServeStatic

KEPT_FOR_SECONDS = 60


def in_front_of(pages) -> ServeStatic:
    """The pages with every static file beside them; while developing, files are read anew each time."""
    served = ServeStatic(
        pages,
        autorefresh=settings.DEBUG,
        max_age=0 if settings.DEBUG else KEPT_FOR_SECONDS,
        allow_all_origins=False,
        add_headers_function=_headers,
    )
    for folder in _folders():
        served.add_files(folder, prefix=settings.STATIC_URL)
    return served


def _folders() -> list[Path]:
    if settings.STATIC_ROOT.is_dir() and not settings.DEBUG:
        return [settings.STATIC_ROOT]
    return [Path(storage.location) for storage in AppDirectoriesFinder().storages.values()]


def _headers(headers: MutableMapping[str, str], file: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
