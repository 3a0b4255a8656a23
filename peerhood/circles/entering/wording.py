"""What is new in a text, sentence by sentence, for whoever knows the older one."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SENTENCE_END = re.compile(r"(?<=[.?!…])\s+|\n+")


@dataclass(frozen=True)
class Piece:
    """A run of whole sentences; ``kind`` is same, new or gone."""

    kind: str
    text: str


def what_changed(before: str, after: str) -> list[Piece]:
    """Both texts in one, in the order of the newer; what is gone stands before what came in its place.

    >>> [(piece.kind, piece.text) for piece in what_changed("We share. We listen.", "We share. We laugh.")]
    [('same', 'We share.'), ('gone', 'We listen.'), ('new', 'We laugh.')]
    """
    old, new = _sentences(before), _sentences(after)
    pieces = []
    for _tag, old_start, old_stop, new_start, new_stop in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, come = " ".join(old[old_start:old_stop]), " ".join(new[new_start:new_stop])
        if gone == come:
            pieces.append(Piece("same", come))
        else:
            pieces += [Piece(kind, text) for kind, text in (("gone", gone), ("new", come)) if text]
    return pieces


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]
