"""What the code says to people: every text in templates and Python that goes through gettext.

Django turns a template into something like Python, Babel reads that as it reads Python;
so this works where the gettext tools are not installed.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

PEERHOOD = Path(__file__).parents[2] / "peerhood"
NOT_SHOWN = {"tests", "migrations"}
# Which arguments are texts, and which one is their context.
CALLS = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@cache
def texts() -> dict[tuple[str | None, str], str]:
    """Each text once, as (context, text), with a place where it is said: "circles/forms.py:31"."""
    said: dict[tuple[str | None, str], str] = {}
    for path in sorted(PEERHOOD.rglob("*")):
        if path.suffix in {".html", ".txt", ".py"} and not NOT_SHOWN.intersection(path.parts):
            for line, key in _in(path):
                said.setdefault(key, f"{path.relative_to(PEERHOOD)}:{line}")
    return said


def _in(path: Path) -> Iterator[tuple[int, tuple[str | None, str]]]:
    code = path.read_text()
    if path.suffix != ".py":
        # What is left of a template keeps its indentation, which Python would mind.
        code = "\n".join(line.lstrip() for line in templatize(code, origin=str(path)).split("\n"))
    for line, call, words, _comments in extract_python(BytesIO(code.encode()), list(CALLS), [], {}):
        words = [words] if isinstance(words, str) else list(words)
        context = words.pop(0) if call.lstrip("n").startswith("p") else None
        if words[0]:
            yield line, (context, words[0])
