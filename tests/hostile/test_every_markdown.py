"""Whatever is rendered from Markdown stands where htmx does not listen: every template, those to come as well."""

import re
from pathlib import Path

import peerhood

TEMPLATES = sorted(Path(peerhood.__file__).parent.glob("*/templates/**/*.html"))
# The tag right before it, however many expressions it holds.
BEFORE = re.compile(r"(<[a-z]+(?:[^<>{}]|\{\{.*?\}\}|\{%.*?%\})*>)\{\{ [\w.]+\|markdown")


def listening(text: str) -> list[str]:
    """Tags around Markdown that do not say ``hx-disable``; what stands in no tag of its own is one, too."""
    tags = BEFORE.findall(text)
    bare = [""] * (text.count("|markdown") - len(tags))
    return bare + [tag for tag in tags if "hx-disable" not in tag]


def test_markdown_is_shown_where_htmx_does_not_listen():
    found = {str(path): listening(path.read_text()) for path in TEMPLATES}
    assert sum(path.read_text().count("|markdown") for path in TEMPLATES) > 10
    assert {path: tags for path, tags in found.items() if tags} == {}


def test_control_a_tag_without_it_and_one_that_is_missing_are_found():
    assert listening('<p lang="{{ a.b }}">{{ a.text|markdown }}</p>') == ['<p lang="{{ a.b }}">']
    assert listening("<p hx-disable>Hm. {{ a.text|markdown }}</p>") == [""]
