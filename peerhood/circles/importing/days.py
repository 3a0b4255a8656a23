"""Days, as lists write them: 2024-03-12, 12 Mar 2024, 7 maj 2019. 3/12/2024 means two days, so it is none."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan januari january",
            "feb februari february",
            "mar mars march",
            "apr april",
            "maj may",
            "jun juni june",
            "jul juli july",
            "aug augusti august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.Z+-]*)?")
NAMED_DAY = re.compile(r"(\d{1,2})\.?[ -]([^\W\d]+)\.?,?[ -](\d{4})")


def read_day(said: str) -> date:
    """
    >>> read_day("2024-03-12"), read_day("12 Mar 2024"), read_day("7 maj 2019")
    (datetime.date(2024, 3, 12), datetime.date(2024, 3, 12), datetime.date(2019, 5, 7))
    """
    if found := ISO_DAY.fullmatch(said):
        year, month, day = map(int, found.groups())
    elif (found := NAMED_DAY.fullmatch(said)) and found[2].lower() in MONTHS:
        year, month, day = int(found[3]), MONTHS[found[2].lower()], int(found[1])
    else:
        raise ValueError(said)
    if not 1900 <= year <= 2100:
        raise ValueError(said)
    return date(year, month, day)
