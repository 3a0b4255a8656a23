"""Folding: words as they are compared, without accents, capitals and marks.

Both what is written down and what is typed go through here, so that whatever the
keyboard has no key for is found all the same.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

# A longer word is compared by its beginning; a longer text by its first words.
LONGEST_WORD = 40
MOST_WORDS = 2000
WORD = re.compile(r"[^\W_]+")
# Letters that are no letter with an accent, and yet stand for one.
LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
    # O'Brien and OBrien are one word.
    | dict.fromkeys("'’ʼ`´", "")
)


def folded(text: str) -> str:
    """The text's words in small letters without accents, one space between them.

    >>> folded("  Anna-Lena  NORRKÖPING, Østergård & Weiß ")
    'anna lena norrkoping ostergard weiss'
    """
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """
    >>> words_of('O’Brien: "Malmö* OR NEAR(é)"')
    ['obrien', 'malmo', 'or', 'near', 'e']
    >>> words_of("***"), words_of("a" * 50) == ["a" * 40]
    ([], True)
    """
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:
        parted = normalize("NFKD", normalize("NFKD", text.translate(LETTERS)).casefold())
        plain = "".join(letter for letter in parted if not combining(letter)).translate(LETTERS)
    return [word[:LONGEST_WORD] for word in WORD.findall(plain)]


def distinct_words(*texts: str) -> str:
    """Each word once, in the order of its first place.

    >>> distinct_words("Head of office", "Office of one")
    'head of office one'
    """
    words = dict.fromkeys(word for text in texts for word in words_of(text))
    return " ".join(list(words)[:MOST_WORDS])


@lru_cache(maxsize=50_000)
def mark(sort: str, *values: object) -> str:
    """One word that no typed word can be: who may find an entry, what it can be narrowed by.

    >>> mark("a", "person", "circle:7"), mark("f", "town", "Upplands Väsby")
    ('a_person__circle_7', 'f_town__upplands_vasby')
    """
    return f"{sort}_" + "__".join("_".join(words_of(str(value).replace("_", " "))) for value in values)
