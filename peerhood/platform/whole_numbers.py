"""Whole numbers that somebody typed, or that a page sent back: anything may stand where one should."""

# As many as fit into any column of a database.
MOST_DIGITS = 9


def whole_number(said: str, otherwise: int = -1) -> int:
    """The number, 0 or more; ``otherwise`` for what is none, or longer than any we ask for.

    >>> whole_number("12"), whole_number(""), whole_number("-1"), whole_number("²"), whole_number("9" * 40)
    (12, -1, -1, -1, -1)
    """
    return int(said) if said.isdecimal() and len(said) <= MOST_DIGITS else otherwise
