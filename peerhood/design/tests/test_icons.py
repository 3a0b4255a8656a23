"""Every icon that a template asks for is drawn."""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

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


def test_the_first_visitors_at_once_each_get_their_icons():
    """Without the lock this fails on Python 3.13, where threads sharing an archive get each other's bytes."""
    names = ["calendar", "users", "house", "coffee", "lock", "search", "check", "x", "plus", "minus"]
    alone = {name: icons.drawn(name) for name in names}
    for _round in range(20):
        icons.drawn.cache_clear()
        icons._archive.cache_clear()
        start = Barrier(len(names))
        with ThreadPoolExecutor(len(names)) as visitors:
            drawn = visitors.map(partial(_drawn_together, start), names)
            assert dict(zip(names, drawn, strict=True)) == alone


def _drawn_together(start, name):
    start.wait()
    return icons.drawn(name)


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
