"""The HTML part of a mail: the same text, set as Markdown, so the two can never say different things.

It is made from the text whenever somebody asks for it, and kept nowhere. A link is written out in
full; one that hides where it goes stays plain text, because names and titles are written by people.
"""

import re

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import mark_safe

from peerhood.design.markdown import rendered

# What stands around the text of every mail is below this line (design/mail/shell.txt).
FOOT = "\n-- \n"
BARE_LINK = re.compile(r"(?<![<\w/])https?://[^\s<>]*[^\s<>.,;:!?)\]'\"]")
LONE_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def page_of(subject: str, text: str, language: str) -> str:
    """The whole text of a mail, foot and all, as a page; nothing where nothing is said."""
    if not text:
        return ""
    body, _line, foot = text.rpartition(FOOT) if FOOT in text else (text, "", "")
    # The network's name, why one gets this, and where a mail can be turned off: a sentence that ends in a link.
    why, leave = [*foot.split("\n")[1:], "", ""][:2]
    around = {
        "subject": subject,
        "body": mark_safe(_set(body.strip())),
        "why": why,
        "leave": leave.rpartition(" ")[2],
        "site_name": settings.SITE_NAME,
    }
    with translation.override(language):
        return Engine.get_default().get_template("notices/mail.html").render(Context(around)).strip()


def _set(text: str) -> str:
    """The text as HTML: its line breaks stay, its links can be followed and show where they go.

    >>> _set("See https://example.org/7.")
    '<p>See <a href="https://example.org/7" rel="nofollow ugc noopener">https://example.org/7</a>.</p>\\n'
    >>> _set("[your bank](//evil.example)")
    '<p>[your bank](//evil.example)</p>\\n'
    """
    text = BARE_LINK.sub(r"<\g<0>>", text.replace("](", "]\\(").replace("]:", "]\\:"))
    return rendered(LONE_LINE_BREAK.sub("  \n", text))
