"""Every icon that a template asks for is drawn."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from peerhood.design import icons

PRODUCT = Path(icons.__file__).parents[1]
ASKED = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")


def test_every_icon_of_every_template_exists():
    asked = {
        name for file in PRODUCT.rglob("templates/**/*.html") for name in ASKED.findall(file.read_text())
    }
    drawn = {name for name in asked if icons.drawn(name)}
    assert drawn == asked
    assert asked > {"calendar"}


def test_an_icon_is_small_and_silent():
    assert Template('{% load design %}{% icon "arrow-left" %}').render(Context()) == (
        '<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="m12 19-7-7 7-7"/><path d="M19 12H5"/></svg>'
    )


def test_an_icon_is_drawn_once_per_process():
    assert icons.drawn("calendar") is icons.drawn("calendar")


def test_an_unknown_icon_is_an_error():
    with pytest.raises(icons.UnknownIcon):
        icons.drawn("no-such-thing")


def test_an_avatar_has_initials_and_always_the_same_tone():
    template = Template("{% load design %}{% for name in names %}{% avatar name %}{% endfor %}")
    ada, again, dot = re.findall(
        r'data-tone="(\w+)" aria-hidden="true">([^<]*)',
        template.render(Context({"names": ["Ada B. Ek", "Ada B. Ek", "dot"]})),
    )
    assert ada == again
    assert (ada[1], dot[1]) == ("AE", "D")
