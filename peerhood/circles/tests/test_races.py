"""Two at the same moment. Each rule has a twin without its defence, which must break it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from peerhood.circles import joining
from peerhood.circles.importing import confirming, preparing
from peerhood.circles.models import Membership
from peerhood.circles.roles import LastOrganiser
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together; return what each gave, or the refusal it met."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except LastOrganiser as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def two_organisers(makers, ben):
    makers.memberships.filter(person=ben).update(role="organiser")
    return makers


def test_two_last_organisers_cannot_both_leave(two_organisers, ada, ben):
    answers = at_once(lambda: joining.leave(two_organisers, ada), lambda: joining.leave(two_organisers, ben))
    assert sum(isinstance(answer, LastOrganiser) for answer in answers) == 1
    assert two_organisers.memberships.organising().count() == 1


def test_without_the_lock_both_would_leave(two_organisers, ada, ben):
    both_have_looked = Barrier(2)

    def leave_without_lock(person):
        others = two_organisers.memberships.organising().exclude(person=person).exists()
        both_have_looked.wait()
        if others:
            two_organisers.memberships.filter(person=person).update(state="left")

    at_once(lambda: leave_without_lock(ada), lambda: leave_without_lock(ben))
    assert two_organisers.memberships.organising().count() == 0


def test_two_confirms_of_the_same_lists_add_nobody_twice(makers, ada, file):
    lists = [
        preparing.prepare(makers, file(name), by=ada)
        for name in ("members.csv", "Connections.csv")
        for _twin in "ab"
    ]
    at_once(*[lambda one=one: confirming.confirm(one, by=ada) for one in lists])
    assert makers.memberships.count() == 3 + 6 + 4
    assert Person.objects.count() == 3 + 6 + 4


def test_the_same_new_addresses_in_two_circles_are_the_same_people(makers, studio, ada, file):
    lists = [preparing.prepare(circle, file("members.csv"), by=ada) for circle in (makers, studio)]
    at_once(*[lambda one=one: confirming.confirm(one, by=ada) for one in lists])
    assert Person.objects.exclude(email=None).filter(name="Ellen Forsgren").count() == 1
    assert (makers.memberships.count(), studio.memberships.count()) == (9, 7)


def test_joining_twice_at_once_is_joining_once(studio, dot):
    at_once(*[lambda: joining.join(studio, dot)] * 5)
    assert studio.memberships.filter(person=dot).count() == 1


def test_the_database_itself_refuses_a_second_place_for_one_key(makers, dot, ben):
    from django.db import IntegrityError

    makers.memberships.filter(person=ben).update(import_key="own:x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(circle=makers, person=dot, import_key="own:x")
