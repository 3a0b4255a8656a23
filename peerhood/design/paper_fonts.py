"""The typefaces as paper and pictures want them: whole TrueType files of one weight each.

A PDF and a drawn picture take no woff2 and no axis that varies. ``python -m peerhood.design.paper_fonts``
cuts them when bin/setup runs; one that is missing is cut when it is asked for. It needs no Django.
"""

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from peerhood.design import fonts

# Not among the static files: no page asks for them.
FOLDER = Path(__file__).parent / "cut_for_paper"


@dataclass(frozen=True)
class Cut:
    """One file: a family in one weight, with all the Latin letters it has."""

    name: str
    package: str
    source: str
    axes: tuple[tuple[str, float], ...]

    @property
    def file_name(self) -> str:
        recipe = json.dumps([asdict(self), fonts.LATIN, fonts.LATIN_EXT, version(self.package)])
        return f"{self.name}.{hashlib.sha256(recipe.encode()).hexdigest()[:12]}.ttf"


CUTS = {
    cut.name: cut
    for cut in (
        Cut("fraunces", *fonts.FRAUNCES, (("wght", 600), *fonts.FRAUNCES_AXES[1:])),
        Cut("figtree", *fonts.FIGTREE, (("wght", 400),)),
        Cut("figtree-bold", *fonts.FIGTREE, (("wght", 700),)),
    )
}


@cache
def path(name: str, folder: Path = FOLDER) -> Path:
    """The file of one of the ``CUTS``."""
    cut = CUTS[name]
    made = folder / cut.file_name
    return made if made.exists() else fonts.put(made, fonts.pinned(cut.package, cut.source, cut.axes))


@cache
def letters(name: str) -> frozenset[int]:
    """The code points a file has a shape for."""
    # Half a second to import, and a site that prints nothing never needs it.
    from fontTools.ttLib import TTFont

    with TTFont(path(name), lazy=True) as font:
        return frozenset(font.getBestCmap())


if __name__ == "__main__":
    total = sum(path(name).stat().st_size for name in CUTS)
    sys.stdout.write(f"· {len(CUTS)} font files for paper, {total / 1000:.0f} kB\n")
