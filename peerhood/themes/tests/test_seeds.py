"""A circle that opens from a seed begins its backlog with what was planned."""

import pytest

from peerhood import journal
from peerhood.circles.models import Seed
from peerhood.circles.seeding import answering
from peerhood.circles.tests.seeds import planted
from peerhood.journal.models import Entry
from peerhood.themes.models import Theme

pytestmark = pytest.mark.django_db


def test_what_was_planned_after_the_first_gathering_begins_the_backlog(ada, ben, chi):
    seed, _token = planted(ada, themes=["Risk", "Prioritisation", "prioritisation"])
    answering.say_yes(seed, ben)
    circle = answering.say_yes(seed, chi).circle
    entry = Entry.objects.get(name="seed.sprouted")
    journal.tell(entry)
    themes = list(Theme.objects.values_list("circle", "title", "proposed_by", "support_count"))
    assert themes == [(circle.pk, "Prioritisation", ada.pk, 1)]
    assert Seed.objects.get().themes == ["Risk", "Prioritisation", "prioritisation"]
