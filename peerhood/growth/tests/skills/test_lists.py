import pytest
from django.core.exceptions import PermissionDenied

from peerhood.growth.models import CircleSkill
from peerhood.growth.skills import assessing, lists
from peerhood.journal.models import Entry
from peerhood.platform.refusals import Refusal


def names(circle, language="en"):
    return list(lists.of_circle(circle, language).names.values())


def test_a_circle_uses_the_professions_list_until_it_has_its_own(makers, own_list):
    assert lists.of_circle(makers, "sv").names["risk"] == "Hantering av risker, möjligheter och problem"
    assert len(names(makers)) == 27
    own_list("Sawing", "Gluing")
    assert names(makers) == ["Sawing", "Gluing"]
    assert lists.of_circle(makers, "sv").circle == makers
    assert Entry.objects.filter(name="skill_list.changed", facts={}).count() == 1


def test_without_any_line_it_uses_the_professions_again(makers, ada, own_list):
    own_list("Sawing")
    lists.change(makers, by=ada, names={CircleSkill.objects.get().pk: ""}, added=[])
    assert (lists.of_circle(makers, "en").circle, len(names(makers))) == (None, 27)


def test_another_name_keeps_what_was_said(makers, ada, ben, own_list):
    (key,) = own_list("Sawing")
    made = assessing.assess(ben, lists.of_circle(makers, "en"), {key: 4})
    lists.change(makers, by=ada, names={CircleSkill.objects.get().pk: "Sawing straight"}, added=[])
    made.refresh_from_db()
    assert lists.names_of(made.levels, "en")[key] == "Sawing straight"
    assert made.levels == {key: 4}


def test_what_is_taken_off_stays_with_whoever_said_it_and_comes_back_under_its_name(
    makers, ada, ben, own_list
):
    sawing, _gluing = own_list("Sawing", "Gluing")
    made = assessing.assess(ben, lists.of_circle(makers, "en"), {sawing: 4})
    lists.change(makers, by=ada, names={CircleSkill.objects.get(name="Sawing").pk: ""}, added=[])
    made.refresh_from_db()
    assert names(makers) == ["Gluing"]
    assert (made.levels, lists.names_of(made.levels, "en")[sawing]) == ({sawing: 4}, "Sawing")
    lists.change(makers, by=ada, names={}, added=["Sawing"])
    assert list(lists.of_circle(makers, "en").names) == [_gluing, sawing]


def test_only_organisers_change_it(makers, ben, dot):
    for person in (ben, dot):
        with pytest.raises(PermissionDenied):
            lists.change(makers, by=person, names={}, added=["Sawing"])
    assert not CircleSkill.objects.exists()


def test_a_line_of_another_circle_is_refused(makers, forum, ada, own_list):
    own_list("Sawing")
    line = CircleSkill.objects.get().pk
    with pytest.raises(Refusal):
        lists.change(forum, by=ada, names={line: "Mine"}, added=[])
    assert CircleSkill.objects.get().name == "Sawing"


@pytest.mark.parametrize("added", [["Sawing", "sawing"], [f"Skill {number}" for number in range(61)]])
def test_neither_twice_the_same_nor_too_many(makers, ada, added):
    with pytest.raises(Refusal):
        lists.change(makers, by=ada, names={}, added=added)
    assert not CircleSkill.objects.exists()
