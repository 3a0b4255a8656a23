"""Mixing learns from the journal who keeps whom, for as long as they do, so that they meet again."""

import pytest

from peerhood.connections import connecting
from peerhood.mixing.models import Tie

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_connection_is_a_tie_until_either_takes_it_back(after_supper, ada, ben):
    connecting.say_met(ada, ben, after_supper)
    assert Tie.objects.count() == 0
    connecting.say_met(ben, ada, after_supper)
    assert list(Tie.objects.values_list("one", "other")) == [(ada.pk, ben.pk)]
    connecting.take_back(ada, ben)
    assert Tie.objects.count() == 0


def test_it_is_forgotten_also_where_both_take_it_back(after_supper, ada, ben):
    for one, other in ((ada, ben), (ben, ada)):
        connecting.say_met(one, other, after_supper)
    for one, other in ((ada, ben), (ben, ada)):
        connecting.take_back(one, other)
    assert Tie.objects.count() == 0
