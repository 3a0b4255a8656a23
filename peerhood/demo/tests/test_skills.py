"""Skills in the demo: a circle reads figures that may be read, somebody can help, and conferences are ahead."""

import pytest

from peerhood.circles.models import Circle
from peerhood.growth.models import OutsideEvent, SkillOffer
from peerhood.growth.skills import figures, lists

pytestmark = pytest.mark.usefixtures("network")


@pytest.mark.parametrize("slug", ["mellan-norrkoping", "low-tide"])
def test_a_circle_reads_how_it_sees_itself_and_who_can_help(slug):
    circle = Circle.objects.get(slug=slug)
    shown = figures.shown_in(circle, lists.of_circle(circle, "en"))
    assert len(shown) > 15
    assert all(sum(counts) >= 5 for counts in shown.values())
    assert SkillOffer.objects.filter(circle=circle).exists()


def test_conferences_are_ahead_and_some_go_there_unshown():
    coming = OutsideEvent.objects.upcoming()
    assert coming.filter(going__is_shown=True).exists()
    assert coming.filter(going__is_shown=False).exists()
    assert OutsideEvent.objects.past().count() == 1
