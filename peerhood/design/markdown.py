"""Text that people write: Markdown in, harmless HTML out.

Raw HTML is not read as HTML, and whatever comes out is cleaned against a short
list of tags all the same: two locks, because one of them will have a bug one day.
"""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
# No images: one from elsewhere would tell its server who reads us.
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


def rendered(text: str) -> str:
    """Return ``text`` as HTML that is safe to show. Headings begin at h2, below the page's own h1."""
    return nh3.clean(
        _reader().render(text),
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.core.ruler.push("headings_below_the_page", _lower_headings)
    return reader


def _lower_headings(state: StateCore) -> None:
    """Whichever level a writer begins with becomes h2, and none is skipped on the way down."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in headings})
    depth = 1
    for token in headings:
        if token.type == "heading_open":
            depth = min(levels.index(token.tag) + 2, depth + 1, 4)
        token.tag = f"h{depth}"
