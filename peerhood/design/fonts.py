"""Cut the two typefaces down to what the pages show.

Fraunces speaks for people (titles, quotes, timers) and Figtree for the system.
Both come as large variable fonts in a Python package; here each becomes two
small woff2 files, Latin and the rest of Latin, with the weight axis kept and
the other axes pinned. They are build output: ``python -m peerhood.design.fonts``
makes them, and does nothing when they stand. It needs no Django.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

Axes = tuple[tuple[str, float | tuple[float, float]], ...]

FOLDER = Path(__file__).parent / "static" / "design" / "fonts"
# tnum keeps the minutes of a programme in line; locl keeps the letters of each language its own.
FEATURES = ["kern", "liga", "tnum", "locl", "ccmp", "mark", "mkmk", "rvrn"]
# The two ranges that Google Fonts uses: a Swedish or English page needs the first one only.
LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
    "U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
LATIN_EXT = (
    "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,"
    "U+1E00-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113"
)


@dataclass(frozen=True)
class Face:
    """One woff2 file: a family, the letters in it, and where its axes are pinned."""

    name: str
    package: str
    source: str
    axes: Axes
    letters: str

    @property
    def file_name(self) -> str:
        """Name the recipe, so that a new recipe is a new address and browsers may keep the old for ever."""
        recipe = json.dumps([asdict(self), FEATURES, version(self.package)])
        return f"{self.name}.{hashlib.sha256(recipe.encode()).hexdigest()[:12]}.woff2"


# opsz 36 is Fraunces as a title: the thin strokes of 144 break up on a phone, 9 is for small print.
FRAUNCES = ("fontpkg_fraunces", "Fraunces[SOFT,WONK,opsz,wght].ttf")
FRAUNCES_AXES = (("wght", (400, 700)), ("opsz", 36), ("SOFT", 0), ("WONK", 0))
FIGTREE = ("fontpkg_figtree", "Figtree[wght].ttf")
FIGTREE_AXES = (("wght", (400, 700)),)
FACES = {
    face.name: face
    for face in (
        Face("fraunces-latin", *FRAUNCES, FRAUNCES_AXES, LATIN),
        Face("fraunces-latin-ext", *FRAUNCES, FRAUNCES_AXES, LATIN_EXT),
        Face("figtree-latin", *FIGTREE, FIGTREE_AXES, LATIN),
        Face("figtree-latin-ext", *FIGTREE, FIGTREE_AXES, LATIN_EXT),
    )
}


@cache
def path(name: str) -> str:
    """Where a face lies below the static files' address."""
    return f"design/fonts/{FACES[name].file_name}"


def cut(folder: Path = FOLDER) -> list[Path]:
    """Make the files that are missing and remove those of older recipes; return what was made."""
    wanted = {face.file_name: face for face in FACES.values()}
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.woff2"):
        if old.name not in wanted:
            old.unlink()
    missing = [face for file_name, face in wanted.items() if not (folder / file_name).exists()]
    return [_cut_one(face, pinned(face.package, face.source, face.axes), folder) for face in missing]


@cache
def pinned(package: str, source: str, axes: Axes) -> bytes:
    """Keep the letters that any face wants and pin the axes: the slow part, done once for a family."""
    # A second to import, and a running site never needs it.
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = _only(TTFont(_source(package, source), recalcTimestamp=False), f"{LATIN},{LATIN_EXT}")
    made = BytesIO()
    instantiateVariableFont(font, dict(axes), inplace=True).save(made)
    return made.getvalue()


def _cut_one(face: Face, pinned: bytes, folder: Path) -> Path:
    from fontTools.ttLib import TTFont

    # The outlines are final, so their bounds need not be reckoned a second time.
    font = _only(TTFont(BytesIO(pinned), recalcTimestamp=False, recalcBBoxes=False), face.letters)
    font.flavor = "woff2"
    whole = BytesIO()
    font.save(whole)
    return put(folder / face.file_name, whole.getvalue())


def put(made: Path, font: bytes) -> Path:
    """Write the file as a whole: two set-ups at once must not leave half a font behind."""
    made.parent.mkdir(parents=True, exist_ok=True)
    half = made.with_suffix(f".{os.getpid()}.half")
    half.write_bytes(font)
    half.replace(made)
    return made


def _only(font: TTFont, letters: str) -> TTFont:
    from fontTools.subset import Options, Subsetter, parse_unicodes

    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(letters))
    subsetter.subset(font)
    return font


def _source(package: str, source: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {package} is missing: install the requirements first.")
    return Path(spec.origin).parent / "files" / source


if __name__ == "__main__":
    if made := cut():
        total = sum(file.stat().st_size for file in made)
        sys.stdout.write(f"· Cut {len(made)} font files, {total / 1000:.0f} kB\n")
