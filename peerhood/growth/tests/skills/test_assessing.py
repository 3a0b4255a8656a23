from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from peerhood.growth.models import Assessment
from peerhood.growth.skills import assessing, lists
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal


def earlier(days):
    """What was said so far was said some days ago."""
    for made in Assessment.objects.order_by("made_on"):
        made.made_on -= timedelta(days=days)
        made.save()


def test_what_is_skipped_is_not_said(ben, profession):
    made = assessing.assess(ben, profession, {"risk": 3, "case": 5})
    assert (made.levels, made.made_on, made.circle) == ({"risk": 3, "case": 5}, localdate(), None)


def test_saying_it_again_on_the_same_day_says_it_better(ben, profession):
    assessing.assess(ben, profession, {"risk": 3, "case": 5})
    assessing.assess(ben, profession, {"risk": 4})
    assert Assessment.objects.get().levels == {"risk": 4}


@pytest.mark.parametrize(
    "levels",
    [{}, {"risk": 0}, {"risk": 6}, {"risk": -1}, {"sawing": 3}, {"own-1": 3}, {"risk": 3, "sawing": 3}],
)
def test_what_is_not_on_the_list_or_on_the_scale_is_refused(ben, profession, levels):
    with pytest.raises(Refusal):
        assessing.assess(ben, profession, levels)
    assert not Assessment.objects.exists()


def test_a_circles_own_list_is_for_those_inside(makers, ben, dot, own_list):
    (sawing,) = own_list("Sawing")
    skills = lists.of_circle(makers, "en")
    assessing.assess(ben, skills, {sawing: 2})
    with pytest.raises(PermissionDenied):
        assessing.assess(dot, skills, {sawing: 2})
    assert [made.circle for made in Assessment.objects.all()] == [makers]


def test_history_says_what_changed_since_the_last_of_the_same_list(makers, ben, profession, own_list):
    (sawing,) = own_list("Sawing")
    assessing.assess(ben, profession, {"risk": 3, "case": 5, "change": 2})
    earlier(20)
    assessing.assess(ben, lists.of_circle(makers, "en"), {sawing: 1})
    earlier(10)
    assessing.assess(ben, profession, {"risk": 4, "case": 1, "benefits": 2})
    names = lists.names_of(["risk", "case", "change", "benefits", sawing], "en")
    now, of_circle, first = assessing.history(list(Assessment.objects.all()), names)
    assert {(change.name, change.before, change.level, change.is_up) for change in now.changes} == {
        ("Risk, opportunity and issue management", 3, 4, True),
        ("Business case", 5, 1, False),
        ("Change control", 2, None, False),
        ("Benefits management", None, 2, True),
    }
    assert now.before == first.assessment
    assert (of_circle.before, of_circle.changes, first.before, first.changes) == (None, [], None, [])


def test_only_its_owner_takes_it_away(ben, ada, profession):
    made = assessing.assess(ben, profession, {"risk": 3})
    with pytest.raises(PermissionDenied):
        assessing.remove(made, by=ada)
    assessing.remove(made, by=ben)
    assert not Assessment.objects.exists()


def test_nothing_of_it_is_in_the_journal(ben, profession):
    before = Entry.objects.count()
    assessing.remove(assessing.assess(ben, profession, {"risk": 3}), by=ben)
    assert Entry.objects.count() == before


def test_the_database_keeps_one_a_day_of_each_list(makers, ben, profession, own_list):
    (sawing,) = own_list("Sawing")
    assessing.assess(ben, profession, {"risk": 3})
    assessing.assess(ben, lists.of_circle(makers, "en"), {sawing: 3})
    for circle in (None, makers):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(person=ben, circle=circle)
