"""Whoever leaves a circle gives up its doors and, where only members may come, its seats."""

import pytest

from peerhood.circles.entering import joining
from peerhood.circles.models import Circle
from peerhood.gatherings import rsvp
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host

pytestmark = pytest.mark.django_db(transaction=True)  # the journal speaks after the commit


def test_who_leaves_hosts_nothing_there_any_more(supper, makers, ada, ben):
    supper.hosts.add(ben)
    joining.leave(makers, ben)
    assert [host.name for host in supper.hosts.all()] == [ada.name]
    assert not can_host(ben, supper)


def test_hosting_in_another_circle_stays(supper, breakfast, makers, ben):
    breakfast.hosts.add(ben)
    joining.leave(makers, ben)
    assert can_host(ben, breakfast)


def test_who_left_a_closed_circle_finds_none_of_its_gatherings(breakfast, forum, ben):
    breakfast.hosts.add(ben)
    joining.leave(forum, ben)
    assert not Gathering.objects.visible_to(ben).filter(pk=breakfast.pk).exists()


def test_their_seat_goes_to_the_longest_wait(supper, makers, ben, chi):
    rsvp.attend(supper, ben)
    rsvp.attend(supper, chi)
    joining.leave(makers, ben)
    assert [answer.person for answer in supper.rsvps.going()] == [chi]


def test_control_where_everybody_may_come_the_seat_stays(supper, makers, ben, chi):
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.OPEN)
    rsvp.attend(supper, ben)
    rsvp.attend(supper, chi)
    joining.leave(Circle.objects.get(pk=makers.pk), ben)
    assert [answer.person for answer in supper.rsvps.going()] == [ben]
