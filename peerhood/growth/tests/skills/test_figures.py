"""What the circle reads of its members together, and that nobody can reckon one answer from it."""

import pytest
from django.utils.timezone import now

from peerhood.growth.models import SkillFigure, SkillFigureAnswer
from peerhood.growth.skills import figures, lists, sharing
from peerhood.people.own_data import erasing


@pytest.fixture
def read(makers):
    """What members read of one skill after a night."""

    def look(key="risk", *, after_a_night=True):
        if after_a_night:
            figures.reckon_all()
        return figures.shown_in(makers, lists.of_circle(makers, "en")).get(key)

    return look


@pytest.fixture
def five(eight, says):
    """Five of them share: two, two, three, three and five."""
    for person, level in zip(eight, (2, 2, 3, 3, 5), strict=False):
        says(person, level)
    return eight[:5]


def test_five_who_share_an_answer_are_counted(five, read):
    assert read() == [0, 2, 2, 0, 1]


def test_four_are_not(eight, says, read):
    for person, level in zip(eight[:4], (2, 2, 3, 3), strict=True):
        says(person, level)
    assert read() is None
    says(eight[4], 5)
    assert read() == [0, 2, 2, 0, 1]  # control


def test_only_a_skill_that_five_answered_has_a_figure(five, read):
    assert read("case") is None


def test_five_of_whom_one_does_not_share_are_not_counted(makers, five, read):
    sharing.share_no_more(makers, five[0])
    assert read() is None
    assert not SkillFigure.objects.exists()


def test_when_all_say_the_same_it_is_not_told(eight, says, read):
    for person in eight[:6]:
        says(person, 4)
    assert read() is None


def test_nothing_is_reckoned_before_the_night(five, read):
    assert read(after_a_night=False) is None


def test_one_more_answer_changes_nothing_that_is_read(five, eight, says, read):
    before = read()
    says(eight[5], 1)
    assert read() == before


@pytest.mark.parametrize("how_many", [1, 2, 3, 4])
def test_fewer_than_five_who_change_their_answer_change_nothing_that_is_read(five, says, read, how_many):
    before = read()
    for person in five[:how_many]:
        says(person, 1)
    assert read() == before


def test_five_who_change_are_counted_anew(five, says, read):
    read()
    for person, level in zip(five, (1, 1, 1, 1, 4), strict=True):
        says(person, level)
    assert read() == [4, 0, 0, 1, 0]


def test_control_without_the_five_changes_one_answer_is_reckoned_by_subtracting(
    five, eight, says, read, monkeypatch
):
    before = read()
    monkeypatch.setattr(figures, "_differing", lambda figure, said: 99)
    says(eight[5], 4)
    assert [after - was for was, after in zip(before, read(), strict=True)] == [0, 0, 0, 1, 0]


def test_one_person_who_changes_five_times_changes_nothing(five, says, read):
    before = read()
    for level in (1, 3, 4, 5, 1):
        says(five[0], level)
        assert read() == before


def test_joining_and_leaving_count_together(five, eight, makers, says, read):
    before = read()
    sharing.share_no_more(makers, five[0])
    sharing.share_no_more(makers, five[1])
    assert read() is None  # three of those in it still share
    for person in eight[5:7]:
        says(person, 1)
    assert read() is None
    says(eight[7], 1)
    assert read() == [3, 0, 2, 0, 1]
    assert before == [0, 2, 2, 0, 1]


def test_when_fewer_than_five_of_it_still_share_it_goes_at_once(makers, five, read):
    assert read() is not None
    sharing.share_no_more(makers, five[0])
    assert read(after_a_night=False) is None


def test_with_six_it_stays_as_it_was_when_one_takes_it_back(makers, five, eight, says, read):
    says(eight[5], 5)
    before = read()
    sharing.share_no_more(makers, eight[5])
    assert read() == before == [0, 2, 2, 0, 2]


@pytest.mark.parametrize("state", ["left", "declined"])
def test_whoever_left_counts_no_more_and_not_by_coming_back(makers, five, read, state):
    assert read() is not None
    membership = makers.memberships.filter(person=five[0])
    membership.update(state=state)
    assert read() is None
    membership.update(state="active", came_at=now())
    assert read() is None
    sharing.share(makers, five[0])
    assert read() == [0, 2, 2, 0, 1]


def test_whoever_was_erased_is_in_no_figure_and_counts_as_a_change(makers, five, eight, says, read):
    read()
    erasing.erase(five[0])
    assert SkillFigureAnswer.objects.filter(person=five[0]).count() == 0
    assert read() is None
    for person in eight[5:]:
        says(person, 1)
    assert read() is None  # one gone and three new are four
    says(five[1], 1)
    assert read() == [4, 0, 2, 0, 1]


def test_each_circle_has_its_own_figures(makers, forum, five, read):
    assert read() is not None
    assert figures.shown_in(forum, lists.of_circle(forum, "en")) == {}


def test_with_a_list_of_its_own_a_circle_reads_that_one(makers, five, own_list, says, read):
    assert read() is not None
    (sawing,) = own_list("Sawing")
    assert read() is None
    for person, level in zip(five, (1, 1, 1, 2, 2), strict=True):
        says(person, level, key=sawing)
    assert read(sawing) == [3, 2, 0, 0, 0]


def test_reckoning_twice_asks_the_same_of_the_database_however_many_share(
    makers, five, eight, says, django_assert_num_queries
):
    figures.reckon(makers)
    with django_assert_num_queries(7):
        figures.reckon(makers)
    for person in eight[5:]:
        says(person, 1)
    with django_assert_num_queries(7):
        figures.reckon(makers)
