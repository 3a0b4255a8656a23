"""Icons as inline SVG: drawn by Lucide, coloured by the text they stand in.

They are decoration: the words beside an icon carry the meaning, so screen readers pass it by.
"""

import re
from functools import cache
from importlib.resources import files
from threading import Lock
from zipfile import ZipFile

from django.utils.safestring import SafeString, mark_safe

# The strokes are set once in base.css; saying so in each icon costs 180 bytes a time.
ATTRIBUTES = re.compile(r"<svg[^>]*>", re.DOTALL)
BETWEEN = re.compile(r">\s+<")
_reading = Lock()


class UnknownIcon(Exception):
    """Lucide draws no icon of that name."""


@cache
def drawn(name: str) -> SafeString:
    """Return the icon's SVG, read from the archive once per process."""
    try:
        # On Python 3.13 threads that read one archive at once get each other's bytes.
        with _reading:
            svg = _archive().read(f"{name}.svg").decode()
    except KeyError:
        raise UnknownIcon(name) from None
    opening = '<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">'
    return mark_safe(BETWEEN.sub("><", ATTRIBUTES.sub(opening, svg, count=1)).replace(" />", "/>").strip())


@cache
def _archive() -> ZipFile:
    # Opening the archive means reading a directory of 1,700 names: once is enough.
    return ZipFile(str(files("lucide").joinpath("lucide.zip")))
