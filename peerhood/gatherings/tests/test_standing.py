"""A standing answer: somebody comes to every gathering of a series, unless they say no to one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from peerhood.circles.entering import joining
from peerhood.gatherings import planning, rsvp
from peerhood.gatherings.models import Gathering, StandingRsvp
from peerhood.gatherings.series import scheduling, standing
from peerhood.notices.models import Mail
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(afternoons, ada, django_capture_on_commit_callbacks):
    """Draft and publish the next date, and let the journal's listeners hear it."""

    def publish():
        with django_capture_on_commit_callbacks(execute=True):
            return planning.publish(scheduling.draft(afternoons, by=ada), by=ada, purpose="To meet.")

    return publish


def answers(gathering):
    found = gathering.rsvps.order_by("answered_at", "pk")
    return [(answer.person.first_name, answer.status) for answer in found]


def test_whoever_stands_has_a_seat_as_soon_as_it_is_announced(announced, afternoons, ben, chi):
    standing.stand(afternoons, chi)
    for _twice in range(2):
        standing.stand(afternoons, ben)
    StandingRsvp.objects.filter(person=ben).update(since=now() - timedelta(days=9))
    assert answers(announced()) == [("Ben", "going"), ("Chi", "going")]
    assert list(Mail.objects.values_list("kind", "address")) == [
        *(("gatherings/seated", ben.email), ("gatherings/seated", chi.email)),
    ]


def test_a_draft_is_answered_by_nobody(afternoons, ada, ben):
    standing.stand(afternoons, ben)
    assert answers(scheduling.draft(afternoons, by=ada)) == []


def test_what_is_announced_already_and_not_answered_is_answered_at_once(announced, afternoons, ben):
    declined, other = announced(), announced()
    rsvp.attend(declined, ben)
    rsvp.withdraw(declined, ben)
    standing.stand(afternoons, ben)
    assert (answers(declined), answers(other)) == ([("Ben", "declined")], [("Ben", "going")])


def test_a_no_to_one_date_is_that_dates_and_they_stand_on(announced, afternoons, ben):
    standing.stand(afternoons, ben)
    first = announced()
    rsvp.withdraw(first, ben)
    standing.answer_for_all(first)
    assert answers(first) == [("Ben", "declined")]
    assert answers(announced()) == [("Ben", "going")]


def test_who_stops_keeps_the_seats_they_have(announced, afternoons, ben):
    standing.stand(afternoons, ben)
    first = announced()
    standing.stop(afternoons, ben)
    assert (answers(first), answers(announced())) == ([("Ben", "going")], [])


def test_one_who_may_not_come_does_not_stop_the_others(announced, afternoons, makers, ben, chi):
    for person in (ben, chi):
        standing.stand(afternoons, person)
    # Behind the back of the acts: Ben does not belong any more, and somebody who stood before him was erased.
    makers.memberships.filter(person=ben).update(state="left")
    gone = Person.objects.create_user(None)
    makers.memberships.create(person=gone)
    StandingRsvp.objects.create(series=afternoons, person=gone, since=now() - timedelta(days=9))
    Person.objects.filter(pk=gone.pk).update(erased_at=now(), is_active=False)
    assert answers(announced()) == [("Chi", "going")]


def test_leaving_the_circle_ends_it(afternoons, makers, ben, chi, django_capture_on_commit_callbacks):
    for person in (ben, chi):
        standing.stand(afternoons, person)
    with django_capture_on_commit_callbacks(execute=True):
        joining.leave(makers, ben)
    assert [one.person for one in StandingRsvp.objects.all()] == [chi]


def test_only_members_stand(afternoons, dot):
    with pytest.raises(PermissionDenied):
        standing.stand(afternoons, dot)


def test_the_page_of_the_series_has_the_button_and_the_gathering_says_it(
    client, announced, afternoons, ben, chi
):
    first = announced()
    page = f"/gatherings/series/{afternoons.pk}/"
    line = "You come to every one of these."
    client.force_login(ben)
    assert "I come to every one" in client.get(page).text
    client.post(f"{page}standing/")
    assert line in client.get(page).text
    assert line in client.get(f"/gatherings/{first.pk}/").text
    client.post(f"{page}standing/end/")
    assert line not in client.get(page).text
    client.force_login(chi)
    assert line not in client.get(f"/gatherings/{first.pk}/").text
    client.logout()
    assert page not in client.get(f"/gatherings/{first.pk}/").text
    assert Gathering.objects.get().going_count == 1
