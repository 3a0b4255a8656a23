"""A table for the tests of traces: the server as an operator runs it, twelve members, and everything on the disk."""

import os
import shutil

import pytest

from bench.promise import game


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def table(request):
    if request.param == "postgresql" and not (
        os.environ.get("TEST_DATABASE_URL") and shutil.which("pg_dump")
    ):
        pytest.skip("PostgreSQL, with pg_dump")
    with game.laid(request.param, 7) as table:
        yield table


@pytest.fixture
def room(table):
    return table.ask("open")
