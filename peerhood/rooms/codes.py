"""Codes people type to come in: a word and a number, such as KAFFE-42.

A code is said aloud, read from a screen across the room and typed on a phone. No word
has I, L or O in it, so nothing is mistaken for a digit, and all are spelled the same on
a Swedish and an English keyboard. 156 words × 90 numbers are 14,040 codes. A code opens
one room and dies with it, and one address may be wrong 20 times a minute and 60 times an
hour (``platform.guesses``): trying them all takes nine days, a room is open for an afternoon.
"""

import re
import secrets
from importlib.resources import files

WORDS = tuple(files(__package__).joinpath("words.txt").read_text("ascii").split())
NUMBERS = range(10, 100)
GUESSED = "rooms/code"
TYPED = re.compile(r"\W*([^\W\d_]+)[\W_]*(\d+)\W*")


def new() -> str:
    return f"{secrets.choice(WORDS)}-{secrets.choice(NUMBERS)}"


def tidy(typed: str) -> str:
    """Write a code as it hangs on the wall, however it was typed; empty when it is no code.

    >>> tidy(" kaffe 42 "), tidy("Kaffe42"), tidy("KAFFE–42"), tidy("hello")
    ('KAFFE-42', 'KAFFE-42', 'KAFFE-42', '')
    """
    found = TYPED.fullmatch(typed.upper())
    return f"{found[1]}-{found[2]}" if found else ""
