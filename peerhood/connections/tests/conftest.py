"""Ada, Ben and Chi shared tables at the supper; threads that start together."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import pytest
from django.db import connections

from peerhood.mixing.models import Encounter


@pytest.fixture
def share_a_table():
    """Seat people at one table in a round that took place: ``share_a_table(supper, ada, ben)``."""

    def seat(gathering, *people, round_number=1):
        for one, other in combinations(sorted(people, key=lambda person: person.pk), 2):
            Encounter.objects.create(
                circle=gathering.circle, gathering=gathering, round_number=round_number, one=one, other=other
            )

    return seat


@pytest.fixture
def after_supper(supper, ada, ben, chi, share_a_table):
    """Ada sat with Ben, and then with Chi; Ben and Chi never shared a table."""
    share_a_table(supper, ada, ben)
    share_a_table(supper, ada, chi, round_number=2)
    return supper


@pytest.fixture
def at_once():
    """Run calls in threads of their own; give back what each returned or raised, in their order."""

    def run(*calls, workers=8):
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
