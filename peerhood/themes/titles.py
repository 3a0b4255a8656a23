"""When two titles name the same theme: case, spaces and punctuation make no difference."""

import re
from unicodedata import normalize

WORD = re.compile(r"\w+")


def normalised(title: str) -> str:
    """Return what the title says, without how it is set.

    >>> normalised("  Benefits – realisation! ")
    'benefits realisation'
    >>> normalised("???")
    '???'
    """
    folded = normalize("NFKC", title).casefold()
    return " ".join(WORD.findall(folded)) or folded.strip()
