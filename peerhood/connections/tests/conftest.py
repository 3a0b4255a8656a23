"""Ada, Ben and Chi shared tables at the supper."""

from itertools import combinations

import pytest

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
