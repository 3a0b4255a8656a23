"""Emptying the database after a test that commits, row by row.

Django truncates every table there is, and PostgreSQL then makes each of them new files: seconds, for a few
dozen rows. It also makes the content types and the permissions anew, which are read off the models and are
the same ones every time; here they stay.
"""

from django.db import connections, transaction
from django.test import TransactionTestCase

OF_THE_MODELS = {"django_migrations", "django_content_type", "auth_permission"}


def after(case: TransactionTestCase) -> None:
    """Empty every database that the test may use."""
    for alias in case._databases_names(include_mirrors=False):
        empty(alias)


def empty(alias: str) -> None:
    """Leave no row in any table of a model; ids go on from where they were."""
    connection = connections[alias]
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    # What refers to what is looked at when it is committed, so the order does not matter.
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        for table in sorted(set(tables) - OF_THE_MODELS):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
