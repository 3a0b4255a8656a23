"""A second reader of iCalendar, written for the tests alone: it knows RFC 5545's lines and nothing else."""

import re

ESCAPES = re.compile(r"\\([\\;,nN])")


def lines_of(body: bytes) -> list[bytes]:
    """The physical lines, which end in CR LF and nowhere else."""
    assert body.endswith(b"\r\n")
    lines = body[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    return lines


def components(body: bytes) -> list[tuple[str, dict[str, str]]]:
    """Each component with its properties, folded lines joined and text unescaped."""
    text = body.replace(b"\r\n ", b"").decode()
    found, open_ones = [], []
    for line in text.split("\r\n")[:-1]:
        name, _colon, value = line.partition(":")
        if name == "BEGIN":
            open_ones.append((value, {}))
        elif name == "END":
            component = open_ones.pop()
            assert component[0] == value
            found.append(component)
        else:
            properties = open_ones[-1][1]
            assert name not in properties, f"{name} stands twice"
            properties[name] = ESCAPES.sub(lambda at: "\n" if at[1] in "nN" else at[1], value)
    assert not open_ones
    return found


def events(body: bytes) -> list[dict[str, str]]:
    return [properties for kind, properties in components(body) if kind == "VEVENT"]
