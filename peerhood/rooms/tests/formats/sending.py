"""The form of a page as a browser sends it when nothing is changed and Save is pressed."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Reads the fields of the one form whose address ends like that; buttons are not pressed."""

    def __init__(self, ending: str) -> None:
        super().__init__()
        self.ending = ending
        self.sent: dict[str, str] = {}
        self.is_inside = False
        self.name = ""
        self.is_written_in = False
        self.is_first = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_inside = of.get("action", "").endswith(self.ending)
        if not self.is_inside:
            return
        name, kind = of.get("name", ""), of.get("type", "")
        if tag in {"select", "textarea"}:
            self.name, self.is_written_in = name, tag == "textarea"
            self.sent[name] = ""
            self.is_first = True
        elif tag == "option" and ("selected" in of or self.is_first):
            self.sent[self.name] = of.get("value", "")
            self.is_first = False
        elif tag == "input" and name and (kind != "checkbox" or "checked" in of):
            self.sent[name] = of.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False
        if tag == "textarea" and self.is_inside:
            # A browser drops the line break that stands first.
            self.sent[self.name] = self.sent[self.name].removeprefix("\n")
            self.is_written_in = False

    def handle_data(self, text: str) -> None:
        if self.is_inside and self.is_written_in:
            self.sent[self.name] += text.replace("\r\n", "\n")


def sent_from(text: str, ending: str) -> dict[str, str]:
    reader = Reader(ending)
    reader.feed(text)
    assert reader.sent, f"There is no form that is sent to …{ending}."
    return reader.sent
