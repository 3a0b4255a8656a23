"""Two at the same moment. Each rule has a twin without its defence, which must break it."""

from threading import Barrier

import pytest
from django.db import transaction

from peerhood.circles import handing_over, roles
from peerhood.circles.entering import applying, joining, links, places
from peerhood.circles.importing import confirming, preparing
from peerhood.circles.models import InvitationLink, Membership
from peerhood.circles.roles import LastOrganiser
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_two_last_organisers_cannot_both_step_down(two_organisers, ada, ben):
    places = [two_organisers.memberships.get(person=person) for person in (ada, ben)]
    answers = at_once(
        *[lambda one=one: roles.change(one, "member", is_contact=False, by=one.person) for one in places]
    )
    assert sum(isinstance(answer, LastOrganiser) for answer in answers) == 1
    assert two_organisers.memberships.organising().count() == 1


def test_without_the_lock_both_would_step_down(two_organisers, ada, ben):
    both_have_looked = Barrier(2)

    def step_down_without_lock(person):
        own = two_organisers.memberships.get(person=person)
        alone = roles.is_last_organiser(own)
        both_have_looked.wait()
        if not alone:
            two_organisers.memberships.filter(pk=own.pk).update(role="member")

    at_once(lambda: step_down_without_lock(ada), lambda: step_down_without_lock(ben))
    assert two_organisers.memberships.organising().count() == 0


def test_a_yes_and_a_leave_at_once_never_leave_a_circle_alone(makers, ada, ben):
    """Ben takes over while he leaves: whichever comes first, somebody organises."""
    offer = handing_over.offer(makers.memberships.get(person=ben), by=ada, afterwards="leave")
    at_once(lambda: handing_over.accept(offer, by=ben), lambda: joining.leave(makers, ben))
    assert makers.memberships.organising().count() == 1


def test_one_use_left_is_taken_by_one_of_two(forum, ada, chi, dot):
    link, _token = links.make(forum, by=ada)
    answers = at_once(lambda: links.follow(link, chi), lambda: links.follow(link, dot))
    assert sum(isinstance(answer, links.LinkGone) for answer in answers) == 1
    assert forum.memberships.filter(person__in=[chi, dot], state="active").count() == 1
    link.refresh_from_db()
    assert link.used_count == 1


def test_without_the_lock_two_would_take_it(forum, ada, chi, dot):
    link, _token = links.make(forum, by=ada)
    both_have_looked = Barrier(2)

    def follow_without_lock(person):
        found = InvitationLink.objects.get(pk=link.pk)
        is_open = links.is_open(found)
        both_have_looked.wait()
        if is_open:
            forum.memberships.create(person=person)
            InvitationLink.objects.filter(pk=link.pk).update(used_count=found.used_count + 1)

    at_once(lambda: follow_without_lock(chi), lambda: follow_without_lock(dot))
    assert forum.memberships.filter(person__in=[chi, dot]).count() == 2


def test_of_two_organisers_who_answer_at_once_one_does(two_organisers, ada, ben, dot):
    applied = applying.apply(two_organisers, dot)
    answers = at_once(
        lambda: applying.accept(applied, by=ada, reason="Yes."),
        lambda: applying.decline(applied, by=ben, reason="No."),
    )
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    applied.refresh_from_db()
    application = applied.applications.get()
    assert (applied.state, application.reason) in {("active", "Yes."), ("declined", "No.")}


def test_without_the_lock_both_would_answer(two_organisers, ada, ben, dot):
    applied = applying.apply(two_organisers, dot)
    both_have_looked = Barrier(2)
    answered = []

    def answer_without_lock(state):
        waits = Membership.objects.get(pk=applied.pk).state == "applied"
        both_have_looked.wait()
        if waits:
            Membership.objects.filter(pk=applied.pk).update(state=state)
            answered.append(state)

    at_once(lambda: answer_without_lock("active"), lambda: answer_without_lock("declined"))
    assert sorted(answered) == ["active", "declined"]


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
    at_once(*[lambda: joining.join(studio, dot, agreed_to=1)] * 5)
    assert studio.memberships.filter(person=dot).count() == 1


def test_the_database_itself_refuses_a_second_place_for_one_key(makers, dot, ben):
    from django.db import IntegrityError

    makers.memberships.filter(person=ben).update(import_key="own:x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(circle=makers, person=dot, import_key="own:x")


def test_the_last_place_goes_to_one(makers, dot, person):
    makers.kind, makers.member_limit = "open", 4
    makers.save()
    eva = person("Eva Ek")
    answers = at_once(lambda: joining.join(makers, dot), lambda: joining.join(makers, eva))
    assert sum(isinstance(answer, places.Full) for answer in answers) == 1
    assert makers.memberships.inside().count() == 4


def test_without_the_lock_both_would_take_the_last_place(makers, dot, person):
    makers.member_limit = 4
    makers.save()
    eva = person("Eva Ek")
    both_have_looked = Barrier(2)

    def join_without_lock(somebody):
        left = places.free(makers)
        both_have_looked.wait()
        if left:
            makers.memberships.create(person=somebody)

    at_once(lambda: join_without_lock(dot), lambda: join_without_lock(eva))
    assert makers.memberships.inside().count() == 5
