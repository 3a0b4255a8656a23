"""Every pair of colours that a page puts together can be told apart, in light and in dark."""

import re
from itertools import product

import pytest

from peerhood.design.stylesheet import FOLDER

TOKEN = re.compile(r"--color-([\w-]+):\s*(#[0-9a-f]{6})\b")
PAPER = ("bg", "surface", "sunk")
TONES = ("ok", "warn", "bad", "info")
SOFT = tuple(f"{tone}-soft" for tone in (*TONES, "accent"))

TEXT = [
    *product(("ink", "ink-2", "ink-3", "link", "accent"), PAPER),
    *product(("ink", "ink-2", "link"), SOFT),
    *product(TONES, ("bg", "surface")),
    *((tone, f"{tone}-soft") for tone in (*TONES, "accent")),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("bg", "ink"),
]
LINES = [
    *product(("field", "accent"), PAPER),
    *product(("focus",), (*PAPER, *SOFT)),
    *((tone, f"{tone}-soft") for tone in TONES),
    ("on-accent", "accent"),
]


def tokens(scheme):
    light, dark = (FOLDER / "tokens.css").read_text().split("prefers-color-scheme: dark", 1)
    return {**dict(TOKEN.findall(light)), **(dict(TOKEN.findall(dark)) if scheme == "dark" else {})}


def contrast(one, other):
    """WCAG 2.2, "contrast ratio": 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_black_on_white_is_the_most_there_is():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (LINES, 3)], ids=["text", "lines"])
def test_each_pair_can_be_told_apart(scheme, pairs, least):
    colour = tokens(scheme)
    ratios = {pair: round(contrast(colour[pair[0]], colour[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < least} == {}


def test_dark_says_every_colour_anew():
    light, dark = (FOLDER / "tokens.css").read_text().split("prefers-color-scheme: dark", 1)
    assert set(dict(TOKEN.findall(dark))) == set(dict(TOKEN.findall(light)))
