"""The forms of a page as a browser would send them, and every value they offer."""

from dataclasses import dataclass

from django.test.html import Element, parse_html


@dataclass(frozen=True)
class Form:
    path: str
    # What is sent when nothing is changed, and every field with the values it offers.
    sent: tuple[tuple[str, str], ...]
    offered: tuple[tuple[str, str], ...]


def forms_of(text: str) -> list[Form]:
    """The forms of a page that post, filled in as far as they have to be."""
    fields: dict[object, list[tuple[Element, dict[str, str]]]] = {}
    forms = []

    def walk(element, within=None):
        if not isinstance(element, Element):
            return
        attributes = {name: value or "" for name, value in element.attributes}
        if element.name == "form":
            within = attributes.get("id") or id(element)
            if attributes.get("method", "").lower() == "post":
                forms.append((within, attributes.get("action", "")))
        elif attributes.get("name"):
            # A field may stand outside its form, and say which one it is of.
            fields.setdefault(attributes.get("form", within), []).append((element, attributes))
        for child in element.children:
            walk(child, within)

    walk(parse_html(text))
    return [_form_of(action, fields.get(within, [])) for within, action in forms]


def _form_of(action: str, fields: list[tuple[Element, dict[str, str]]]) -> Form:
    sent, offered = [], []
    for element, attributes in fields:
        _read_field(element, attributes, sent, offered)
    return Form(action, tuple(sent), tuple(offered))


FILLED_IN = {
    "email": "somebody@swap.example.org",
    "number": "7",
    "text": "Words",
    "url": "https://example.org/",
}


def _read_field(element, attributes, sent, offered) -> None:
    name, value = attributes["name"], attributes.get("value", "")
    kind = attributes.get("type", "text" if element.name == "input" else element.name)
    if element.name == "select":
        options = [dict(child.attributes) for child in element.children if isinstance(child, Element)]
        values = [option.get("value", "") for option in options]
        chosen = [option.get("value", "") for option in options if "selected" in option]
        if "multiple" not in attributes:
            chosen = chosen or [each for each in values if each][:1]
        sent += [(name, each) for each in chosen]
        offered += [(name, each) for each in values]
    elif kind in {"radio", "checkbox"}:
        offered.append((name, value))
        if "checked" in attributes or (kind == "radio" and name not in dict(sent)):
            sent.append((name, value))
    elif element.name == "textarea":
        sent.append((name, "".join(map(str, element.children)).strip() or "Words"))
    elif kind == "submit" or element.name == "button":
        offered.append((name, value))
    elif name != "csrfmiddlewaretoken" and kind != "file":
        sent.append((name, value or FILLED_IN.get(kind, "")))
        offered.append((name, value))
