"""Names in a text: of people who were there or belong to the circle, and of where they work.

A recap names nobody unless they asked for it. The writer is shown each name with its sentence and decides;
nothing is taken out, and publishing is not stopped. Whole words, in any case, with a genitive's s: "Annas".
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from peerhood.circles.models import Membership
from peerhood.gatherings.models import Gathering
from peerhood.people.models import Employer, Person

WORD = re.compile(r"[^\W_]+")
# What may stand between the words of one name.
WITHIN = re.compile(r"[^\w\n!?;:]{1,3}")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
# Said of every other firm, and left out when people speak.
LEGAL_FORMS = frozenset({"ab", "hb", "kb", "as", "oy", "ltd", "inc", "plc", "llc", "gmbh"})
LONGEST_SHOWN = 200


@dataclass(frozen=True)
class Found:
    """A name as it is known here, and the sentence it stands in. ``is_employer``: it is where somebody works."""

    name: str
    sentence: str
    is_employer: bool = False


Words = tuple[str, ...]


def found_in(text: str, gathering: Gathering) -> list[Found]:
    """What of ``text`` names somebody of the gathering or of its circle, or their employer. Two queries."""
    if not text.strip():
        return []
    people = Person.objects.filter(
        pk__in=Membership.objects.inside()
        .filter(circle=gathering.circle_id)
        .values("person")
        .union(gathering.rsvps.order_by().values("person"))
    )
    names = people.exclude(name="").values_list("name", flat=True)
    employers = Employer.objects.filter(affiliations__person__in=people).distinct()
    return find(text, names, employers.values_list("name", flat=True))


def find(text: str, names: Iterable[str], employers: Iterable[str]) -> list[Found]:
    """Every name once a sentence, in the order of the text.

    >>> [(each.name, each.sentence) for each in find("Well. Åsas idea was good.", ["Åsa Öberg"], [])]
    [('Åsa', 'Åsas idea was good.')]
    """
    known = _known(names, employers)
    found: dict[Found, None] = {}
    for sentence in SENTENCE.split(unicodedata.normalize("NFC", text)):
        for name, is_employer in _named(sentence, known):
            found[Found(name, _shortened(sentence.strip()), is_employer)] = None
    return list(found)


def _known(names: Iterable[str], employers: Iterable[str]) -> dict[str, dict[Words, tuple[str, bool]]]:
    """By its first word, each name in words: whole names, and first and last ones alone."""
    known: dict[str, dict[Words, tuple[str, bool]]] = defaultdict(dict)

    def learn(said: str, *, of: str, is_employer: bool) -> None:
        words = _words(said)
        if len("".join(words)) > 1:
            known[words[0]].setdefault(words, (of, is_employer))

    for name in names:
        first, *rest = name.split() or [""]
        for part in (name, first, *rest[-1:]):
            learn(part, of=part, is_employer=False)
    for name in employers:
        learn(name, of=name, is_employer=True)
        spoken = [word for word in name.split() if word.strip(".,").casefold() not in LEGAL_FORMS]
        learn(" ".join(spoken), of=name, is_employer=True)
    return known


def _words(name: str) -> Words:
    return tuple(word.casefold() for word in WORD.findall(unicodedata.normalize("NFC", name)))


def _named(sentence: str, known: dict[str, dict[Words, tuple[str, bool]]]) -> Iterator[tuple[str, bool]]:
    words = [(match.group().casefold(), match.start(), match.end()) for match in WORD.finditer(sentence)]
    at = 0
    while at < len(words):
        fitting = [
            words_of for words_of in _beginning_with(words[at][0], known) if _is_here(words_of, words, at, sentence)
        ]  # fmt: skip
        if fitting:
            # The whole name where it is there, and not its first word alone.
            longest = max(fitting, key=len)
            yield known[longest[0]][longest]
            at += len(longest)
        else:
            at += 1


def _beginning_with(word: str, known: dict[str, dict[Words, tuple[str, bool]]]) -> Iterator[Words]:
    for first in {word, word.removesuffix("s")}:
        # ``get``: a question must not make an entry.
        yield from known.get(first, ())


def _is_here(name: Words, words: list[tuple[str, int, int]], at: int, sentence: str) -> bool:
    here = words[at : at + len(name)]
    if len(here) < len(name):
        return False
    said = [word for word, _start, _end in here]
    gaps = pairwise(here)
    return (
        said[:-1] == list(name[:-1])
        and said[-1] in (name[-1], f"{name[-1]}s")
        and all(WITHIN.fullmatch(sentence[one[2] : other[1]]) for one, other in gaps)
    )


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_SHOWN else f"{sentence[:LONGEST_SHOWN]}…"
