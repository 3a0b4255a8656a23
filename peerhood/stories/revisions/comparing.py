"""Comparing two texts, word by word, line by line. Pure: values in, values out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
# Beyond that many words a difference is told line by line: comparing words costs their square.
MOST_WORDS = 4_000


@dataclass(frozen=True)
class Part:
    """Some text, and what became of it: ``kept``, ``added`` or ``removed``."""

    text: str
    became: str


def differences(before: str, after: str) -> list[Part]:
    """What was taken out of ``before`` and put in to make ``after``, in order.

    >>> [(part.became, part.text) for part in differences("We ate soup.", "We drank soup.")]
    [('kept', 'We '), ('removed', 'ate'), ('added', 'drank'), ('kept', ' soup.')]
    """
    return list(_parts(*_pieces(before, after)))


def _pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    # A browser sends its line ends in two letters, and a seed file in one.
    texts = [text.replace("\r\n", "\n") for text in (before, after)]
    words = [WORDS.findall(text) for text in texts]
    if max(map(len, words)) > MOST_WORDS:
        words = [text.splitlines(keepends=True) for text in texts]
    return words[0], words[1]


def _parts(before: list[str], after: list[str]) -> Iterator[Part]:
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield Part("".join(before[start:end]), "kept")
            continue
        if start < end:
            yield Part("".join(before[start:end]), "removed")
        if new_start < new_end:
            yield Part("".join(after[new_start:new_end]), "added")
