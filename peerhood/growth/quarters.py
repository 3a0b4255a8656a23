"""Quarters of an hour, said in hours."""

from django.utils.formats import number_format


def hours(quarters: int) -> str:
    """
    >>> hours(5), hours(6), hours(40)
    ('1.25', '1.5', '10')
    """
    return number_format(quarters / 4, decimal_pos=2).rstrip("0").rstrip(".,")
