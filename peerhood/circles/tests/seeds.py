"""A seed of Ada's that opens with two yeses, and what tests look for in every table."""

from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.utils.timezone import localdate

from peerhood.circles.models import Seed
from peerhood.circles.seeding import planting

WORDS = {
    "name": "One desk each",
    "purpose": "People who run a project office alone.",
    "town": "Norrköping",
    "language": "en",
    "time_zone": "Europe/Stockholm",
    "threshold": 2,
    "size": 8,
    "themes": ["Surviving as a lone PMO", "Risk"],
}


def planted(planter, **words) -> tuple[Seed, str]:
    """A growing seed, and the token of its link."""
    words = {"sprouts_by": localdate() + timedelta(days=30)} | WORDS | words
    seed = planting.draft(planter, **words)
    token = planting.plant(seed, by=planter)
    seed.refresh_from_db()
    return seed, token


def tables_with(*planted_texts: str) -> list[str]:
    """Every table that holds one of the texts in any of its columns, whatever its type."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            rows = str(cursor.fetchall()).lower()
            found += [model._meta.label for text in planted_texts if text.lower() in rows]
    return sorted(set(found))
