"""Writing: what one takes from a year, in one's own words, and what of the rest stands on the page."""

from collections.abc import Iterable

from django.db import transaction

from peerhood.growth.for_my_manager.year import PARTS
from peerhood.growth.models import YearSummary
from peerhood.people.models import Person
from peerhood.platform import presence


def summary_of(person: Person, year: int) -> YearSummary:
    """What they keep of the year; an empty one that is not saved where there is none."""
    found = YearSummary.objects.filter(owner=person, year=year).first()
    return found or YearSummary(owner=person, year=year)


@transaction.atomic
def keep(year: int, *, by: Person, words: str, parts: Iterable[str]) -> YearSummary:
    """Keep it for them alone, until they take it to somebody themselves."""
    # No journal: that somebody writes to their manager is nobody's business.
    presence.hold(by)
    left_out = sorted(set(PARTS) - set(parts))
    kept, _is_new = YearSummary.objects.update_or_create(
        owner=by, year=year, defaults={"words": words, "left_out": left_out}
    )
    return kept
