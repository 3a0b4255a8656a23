"""One stylesheet for every page, joined from many small files without a build.

Layers first, then the rest of this folder's ``css/``, then what each step brings
in ``static/<step>/*.css``. The address carries a hash of the text, so a browser
may keep it for ever; in development the files are read again every time.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.templatetags.static import static

from peerhood.design import fonts

FOLDER = Path(__file__).parent / "css"
OURS = f"{__package__.partition('.')[0]}."
FONT = re.compile(r'url\("font:([\w-]+)"\)')
LETTERS = re.compile(r'letters\("([\w-]+)"\)')
# A string is matched first, so that nothing inside it is taken for a comment or for idle space.
STRING_COMMENT_SPACE = re.compile(r""" ("[^"]*"|'[^']*') | /\*.*?\*/ | \s+ """, re.DOTALL | re.VERBOSE)
IDLE_SPACE = re.compile(r""" ("[^"]*"|'[^']*') | \s*([{};])\s* | ([:,])\s+ """, re.VERBOSE)


@dataclass(frozen=True)
class Stylesheet:
    text: bytes
    zipped: bytes
    digest: str


def current() -> Stylesheet:
    """The stylesheet as this process serves it."""
    if settings.DEBUG:
        _joined.cache_clear()
    return _joined()


@cache
def _joined() -> Stylesheet:
    css = "".join(_squeezed(file.read_text(encoding="utf-8")) for file in files())
    css = FONT.sub(lambda found: f'url("{static(fonts.path(found[1]))}")', css)
    css = LETTERS.sub(lambda found: fonts.FACES[found[1]].letters, css)
    text = css.encode()
    return Stylesheet(text, gzip.compress(text, 9, mtime=0), hashlib.sha256(text).hexdigest()[:12])


def files() -> list[Path]:
    """Every CSS file in the order it is joined; the layers decide what wins, so only theirs matters."""
    layers = FOLDER / "layers.css"
    found = [layers, *sorted(set(FOLDER.glob("*.css")) - {layers})]
    for app in apps.get_app_configs():
        if app.name.startswith(OURS):
            found += sorted(Path(app.path, "static", app.label).glob("*.css"))
    return found


def _squeezed(css: str) -> str:
    """Drop comments and idle space, and nothing that could change a meaning.

    >>> _squeezed('/* why */ a :hover { content: "a ; b";\\n  color: red; }')
    'a :hover{content:"a ; b";color:red;}'
    """
    css = STRING_COMMENT_SPACE.sub(lambda found: found[1] or ("" if found[0].startswith("/*") else " "), css)
    return IDLE_SPACE.sub(lambda found: found[1] or found[2] or found[3], css).strip()
