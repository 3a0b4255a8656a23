"""Which language each text of a page is in, as a screen reader is told."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NOT_READ = {"head", "script", "style", "svg", "template"}


class Listener(HTMLParser):
    """Follow ``lang`` down to every text of the body."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.heard: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inherited = self.open[-1][1] if self.open else ""
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        if text.strip() and not NOT_READ.intersection(tag for tag, _language in self.open):
            self.heard.append((self.open[-1][1] if self.open else "", " ".join(text.split())))


def spoken(html: str) -> list[tuple[str, str]]:
    """Each text with its language, in the order of the page.

    >>> spoken('<html lang="sv"><p>Snart: <b lang="en">Supper</b> · <i>i dag</i></p></html>')
    [('sv', 'Snart:'), ('en', 'Supper'), ('sv', '·'), ('sv', 'i dag')]
    """
    listener = Listener()
    listener.feed(html)
    return listener.heard
