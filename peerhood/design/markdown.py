"""Text that people write: Markdown in, harmless HTML out.

Raw HTML is not read as HTML, and whatever comes out is cleaned against a short
list of tags all the same: two locks, because one of them will have a bug one day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
# Of our own only: a picture from elsewhere would tell its server who reads us.
PICTURE_TAGS = {"figure", "figcaption", "img"}
PICTURE_ATTRIBUTES = {"img": {"src", "alt", "width", "height", "loading", "decoding"}}


@dataclass(frozen=True)
class Picture:
    """One that a text may show: ``src`` is an address of this site, ``credit`` stands under it."""

    src: str
    width: int
    height: int
    alt: str
    credit: str


def rendered(text: str, pictures: Mapping[str, Picture] | None = None) -> str:
    """Return ``text`` as HTML that is safe to show. Headings begin at h2, below the page's own h1.

    ``pictures`` are those it may show, by what it calls them: ``![](picture:2)``, on a line of its own.
    """
    known = pictures or {}
    ours = {picture.src for picture in known.values()}
    return nh3.clean(
        _reader().render(text, {"pictures": known}),
        tags=TAGS | PICTURE_TAGS if known else TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES | PICTURE_ATTRIBUTES if known else ATTRIBUTES,
        attribute_filter=lambda _tag, name, value: value if name != "src" or value in ours else None,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.core.ruler.push("headings_below_the_page", _lower_headings)
    reader.core.ruler.push("pictures_on_their_own_line", _place_pictures)
    reader.add_render_rule("image", _no_other)
    reader.add_render_rule("picture", _drawn)
    return reader


def _place_pictures(state: StateCore) -> None:
    """A paragraph that is a known picture and nothing else becomes that picture."""
    known, placed = state.env.get("pictures", {}), list[Token]()
    for token in state.tokens:
        # A paragraph is three tokens: it opens, says something, and closes.
        if token.type == "paragraph_close" and (picture := known.get(_only_picture(placed[-1]))):
            placed[-2:] = [Token("picture", "figure", 0, meta={"picture": picture}, block=True)]
        else:
            placed.append(token)
    state.tokens = placed


def _only_picture(inline: Token) -> str:
    children = inline.children or []
    alone = len(children) == 1 and children[0].type == "image"
    return str(children[0].attrs.get("src", "")) if alone else ""


def _no_other(_renderer, _tokens, _index, _options, _env) -> str:
    return ""


def _drawn(_renderer, tokens, index, _options, _env) -> str:
    picture = tokens[index].meta["picture"]
    return (
        f'<figure><img src="{escape(picture.src)}" alt="{escape(picture.alt)}" width="{picture.width}"'
        f' height="{picture.height}" loading="lazy" decoding="async">'
        f"<figcaption>{escape(picture.credit)}</figcaption></figure>\n"
    )


def _lower_headings(state: StateCore) -> None:
    """Whichever level a writer begins with becomes h2, and none is skipped on the way down."""
    headings = [token for token in state.tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in headings})
    depth = 1
    for token in headings:
        if token.type == "heading_open":
            depth = min(levels.index(token.tag) + 2, depth + 1, 4)
        token.tag = f"h{depth}"
