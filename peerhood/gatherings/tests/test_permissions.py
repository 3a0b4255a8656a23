"""Who may do what with a gathering: the questions, and the one look they are answered from."""

import pytest
from django.contrib.auth.models import AnonymousUser

from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import permissions, rsvp
from peerhood.gatherings.permissions import standing_of

pytestmark = pytest.mark.django_db

QUESTIONS = ("can_host", "can_facilitate", "can_greet", "can_see_guests")
ROLES = {
    "member": (False, False, False, True),
    "greeter": (False, False, True, True),
    "host": (False, False, True, True),
    "facilitator": (False, True, True, True),
    "organiser": (True, True, True, True),
}


def answers(person, gathering):
    """By name, as the acts ask, which must be what a page reads off one look."""
    asked = tuple(getattr(permissions, question)(person, gathering) for question in QUESTIONS)
    standing = standing_of(person, gathering)
    assert asked == tuple(getattr(standing, question)() for question in QUESTIONS)
    return asked


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("state", "is_inside"), [("active", True), ("paused", True), ("left", False)])
def test_a_role_in_the_circle_counts_for_those_inside(supper, makers, ben, role, state, is_inside):
    makers.memberships.filter(person=ben).update(role=role, state=state)
    assert answers(ben, supper) == (ROLES[role] if is_inside else (False,) * 4)


def test_whoever_hosts_this_gathering_may_do_it_all_whatever_their_role(supper, dot):
    supper.hosts.add(dot)
    assert answers(dot, supper) == (True,) * 4


def test_an_organiser_of_another_circle_is_nobody_here(supper, forum, dot):
    forum.memberships.create(person=dot, role=Membership.Role.ORGANISER)
    assert answers(dot, supper) == (False,) * 4


def test_whoever_holds_a_place_reads_who_else_does(supper, makers, ben, dot):
    Circle.objects.update(kind=Circle.Kind.OPEN)
    supper.circle.refresh_from_db()
    for person in (ben, dot):
        rsvp.attend(supper, person)
    assert answers(dot, supper) == (False, False, False, True)  # in line
    rsvp.withdraw(supper, dot)
    assert answers(dot, supper) == (False,) * 4


def test_a_visitor_may_do_nothing(supper):
    assert answers(AnonymousUser(), supper) == (False,) * 4


def test_every_question_is_one_query(supper, ben, django_assert_num_queries):
    for question in QUESTIONS:
        with django_assert_num_queries(1):
            getattr(permissions, question)(ben, supper)


def test_members_of_the_family_may_attend(makers, supper, person):
    sister = Circle.objects.create(name="Sister", slug="sister", parent=makers, language="en")
    niece = Circle.objects.create(name="Niece", slug="niece", parent=sister, language="en")
    cousin = person("Cia Cousin")
    sister.memberships.create(person=cousin)
    stranger = person("Stig Stranger")
    niece.memberships.create(person=stranger)
    assert [permissions.can_attend(who, supper) for who in (cousin, stranger)] == [True, False]
