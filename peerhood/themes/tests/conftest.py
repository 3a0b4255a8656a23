"""A series to draft from, a backlog of three, and threads that start together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time

import pytest
from django.db import connections

from peerhood.gatherings.models import Series
from peerhood.themes.models import Theme


@pytest.fixture
def afternoons(makers):
    return Series.objects.create(
        circle=makers, name="Makers’ afternoon", template="norrkoping-afternoon", starts_at_time=time(13)
    )


@pytest.fixture
def theme(makers):
    """Put a theme into the backlog: ``theme("Value", proposed="2024-03-01")``."""

    def make(title, *, proposed="2026-01-01", **fields):
        fields = {
            "circle": makers,
            "proposed_at": datetime.fromisoformat(proposed).replace(tzinfo=UTC),
        } | fields
        return Theme.objects.create(title=title, **fields)

    return make


@pytest.fixture
def value(theme):
    return theme("The value of the office", proposed="2024-03-01")


@pytest.fixture
def alone(theme):
    return theme("Being alone in the job", proposed="2025-05-01")


@pytest.fixture
def tools(theme):
    return theme("Tools", proposed="2025-09-01")


@pytest.fixture
def a_few_at_a_time():
    """Run many calls in a few threads, one after the other in each; give back what each returned or raised, in their order."""

    def run(*calls, workers=16):
        def outcome(call):
            try:
                return call()
            except Exception as error:  # the test looks at it
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(workers) as threads:
            return list(threads.map(outcome, calls))

    return run
