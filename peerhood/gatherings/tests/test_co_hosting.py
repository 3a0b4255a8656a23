"""Two circles hold one gathering, once both sides have said yes: Ada asks for Makers, Dot answers for Sowers."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.timezone import now

from peerhood.circles.entering import joining
from peerhood.circles.models import Circle, Membership
from peerhood.gatherings import co_hosting, permissions, queries, rsvp
from peerhood.gatherings.coming import greeting
from peerhood.gatherings.models import CoHosting, Gathering, Rsvp
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)  # the journal speaks after the commit


@pytest.fixture
def els(person):
    return person("Els Ek")


@pytest.fixture
def sowers(dot, els):
    circle = Circle.objects.create(
        name="Sowers",
        slug="sowers",
        kind=Circle.Kind.BY_APPLICATION,
        purpose="The circle next door.",
        language="en",
        time_zone="Europe/Stockholm",
    )
    circle.memberships.create(person=dot, role=Membership.Role.ORGANISER)
    circle.memberships.create(person=els)
    return circle


@pytest.fixture
def hall(gathering, makers, ada):
    hall = gathering(makers, title="Hall", capacity=20)
    hall.hosts.add(ada)
    return hall


@pytest.fixture
def together(ada, dot):
    """Ask and say yes: ``together(hall, sowers)``."""

    def agree(gathering, circle, *, asker=ada, answerer=dot):
        return co_hosting.agree(co_hosting.ask(gathering, circle, by=asker), by=answerer)

    return agree


def mails(kind):
    return {mail.person.name for mail in Mail.objects.filter(kind=f"gatherings/{kind}")}


def sees(person, gathering):
    return Gathering.objects.visible_to(person).filter(pk=gathering.pk).exists()


# Both sides


def test_nothing_changes_before_the_other_side_says_yes(hall, sowers, ada, els):
    co_hosting.ask(hall, sowers, by=ada)
    assert list(hall.hosting_circles()) == [hall.circle]
    assert not permissions.can_attend(els, hall)


def test_from_the_yes_on_it_is_a_gathering_of_both(hall, sowers, els, dot, together):
    together(hall, sowers)
    assert {circle.name for circle in hall.hosting_circles()} == {"Makers", "Sowers"}
    assert rsvp.attend(hall, els).guest_of is None
    assert (permissions.can_see_guests(els, hall), permissions.can_host(els, hall)) == (True, False)
    assert permissions.can_host(dot, hall)


def test_a_no_stands_and_changes_nothing(hall, sowers, ada, dot, els):
    asked = co_hosting.decline(co_hosting.ask(hall, sowers, by=ada), by=dot)
    assert (asked.state, permissions.can_attend(els, hall)) == ("declined", False)
    with pytest.raises(Refusal, match="said no"):
        co_hosting.ask(hall, sowers, by=ada)
    with pytest.raises(Refusal, match="not asked any more"):
        co_hosting.agree(asked, by=dot)


def test_asking_twice_is_asking_once(hall, sowers, ada):
    assert co_hosting.ask(hall, sowers, by=ada) == co_hosting.ask(hall, sowers, by=ada)
    assert mails("co_hosting_asked") == {"Dot Dahl"}
    assert Mail.objects.count() == 1


def test_only_who_runs_it_asks_and_only_for_a_circle_they_may_know_of(hall, sowers, forum, ben, chi, dot):
    for by, circle in ((ben, sowers), (dot, sowers)):
        with pytest.raises(PermissionDenied):
            co_hosting.ask(hall, circle, by=by)
    hall.hosts.add(chi)
    with pytest.raises(PermissionDenied):
        co_hosting.ask(hall, forum, by=chi)
    assert co_hosting.ask(hall, sowers, by=chi).is_asked()


def test_only_an_organiser_of_the_asked_circle_answers(hall, sowers, ada, els):
    asked = co_hosting.ask(hall, sowers, by=ada)
    for by in (ada, els):
        for answer in (co_hosting.agree, co_hosting.decline):
            with pytest.raises(PermissionDenied):
                answer(asked, by=by)


def test_a_circle_is_not_asked_about_its_own_gathering(hall, makers, ada):
    with pytest.raises(Refusal, match="already"):
        co_hosting.ask(hall, makers, by=ada)


@pytest.mark.parametrize("act", ["ask", "agree", "withdraw"])
def test_once_it_has_begun_who_holds_it_stays_as_it_is(hall, sowers, ada, dot, act):
    asked = None if act == "ask" else co_hosting.ask(hall, sowers, by=ada)
    Gathering.objects.filter(pk=hall.pk).update(starts_at=now() - timedelta(minutes=1))
    with pytest.raises(Refusal, match="begun"):
        co_hosting.ask(hall, sowers, by=ada) if act == "ask" else getattr(co_hosting, act)(asked, by=dot)


def test_roles_count_in_both_circles(hall, sowers, person, together):
    greeter = person("Gry Greeter")
    sowers.memberships.create(person=greeter, role=Membership.Role.GREETER)
    together(hall, sowers)
    rsvp.attend(hall, greeter)
    assert permissions.can_greet(greeter, hall)
    assert greeting.candidates_of(hall)[0] == [greeter]


def test_the_role_that_may_most_counts_when_several_circles_hold_it(
    hall, makers, sowers, forum, ada, ben, together
):
    makers.memberships.filter(person=ben).delete()
    sowers.memberships.create(person=ben, role=Membership.Role.GREETER)
    forum.memberships.filter(person=ben).update(role=Membership.Role.ORGANISER)
    together(hall, sowers)
    together(hall, forum, answerer=ada)
    assert permissions.can_host(ben, hall)


def test_every_question_is_still_one_query(hall, sowers, els, together, django_assert_num_queries):
    together(hall, sowers)
    for question in ("can_host", "can_greet", "can_see_guests", "can_attend"):
        with django_assert_num_queries(1):
            getattr(permissions, question)(els, hall)


def test_the_family_of_the_other_circle_is_not_asked_along(hall, sowers, person, together):
    cousin = person("Cia Cousin")
    Circle.objects.create(name="Niece", slug="niece", parent=sowers, language="en").memberships.create(
        person=cousin
    )
    together(hall, sowers)
    assert not permissions.can_attend(cousin, hall)


def test_who_has_been_with_either_circle_is_no_first_timer(hall, gathering, sowers, els, dot, together):
    before = now() - timedelta(days=9)
    earlier = gathering(sowers, starts_at=before, ends_at=before + timedelta(hours=2))
    earlier.rsvps.create(person=els, status=Rsvp.Status.GOING, checked_in_at=before)
    together(hall, sowers)
    for person in (els, dot):
        rsvp.attend(hall, person)
    assert queries.first_timers(hall) == {dot.pk}


def test_who_came_together_once_is_no_first_timer_at_the_other_circles_own(
    hall, gathering, sowers, ben, together
):
    together(hall, sowers)
    hall.rsvps.create(person=ben, status=Rsvp.Status.GOING, checked_in_at=now())
    later = gathering(sowers, starts_at=now() + timedelta(days=30))
    later.rsvps.create(person=ben, status=Rsvp.Status.GOING)
    assert queries.first_timers(later) == set()


# Going back on it


@pytest.mark.parametrize("side", ["ada", "dot"])
def test_either_side_goes_back_on_it_and_the_seats_of_the_others_are_free_again(
    request, hall, sowers, ben, els, dot, together, side
):
    agreed = together(hall, sowers)
    Gathering.objects.filter(pk=hall.pk).update(capacity=1)
    rsvp.attend(hall, els)
    rsvp.attend(hall, ben)
    co_hosting.withdraw(agreed, by=request.getfixturevalue(side))
    assert [answer.person for answer in hall.rsvps.going()] == [ben]
    hall.refresh_from_db()
    assert (hall.going_count, hall.waiting_count) == (1, 0)
    assert mails("together_no_more") == {"Els Ek"}
    assert mails("co_hosting_withdrawn") == {"Dot Dahl" if side == "ada" else "Ada Andersson"}
    assert not permissions.can_host(dot, hall)


def test_who_belongs_to_both_keeps_seat_and_duty(hall, sowers, ada, ben, els, together):
    sowers.memberships.create(person=ben)
    agreed = together(hall, sowers)
    hall.hosts.add(ben, els)
    rsvp.attend(hall, ben)
    co_hosting.withdraw(agreed, by=ada)
    assert set(hall.hosts.all()) == {ada, ben}
    assert [answer.person for answer in hall.rsvps.going()] == [ben]


def test_where_everybody_may_come_nobody_loses_a_seat(hall, makers, sowers, ada, els, together):
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.OPEN)
    agreed = together(hall, sowers)
    rsvp.attend(hall, els)
    co_hosting.withdraw(agreed, by=ada)
    assert [answer.person for answer in hall.rsvps.going()] == [els]


def test_an_organiser_of_a_third_circle_has_no_say_in_it(hall, sowers, ada, dot, person, together):
    third = Circle.objects.create(name="Third", slug="third", language="en", kind=Circle.Kind.OPEN)
    ola = person("Ola Olin")
    third.memberships.create(person=ola, role=Membership.Role.ORGANISER)
    agreed = together(hall, sowers)
    together(hall, third, answerer=ola)
    with pytest.raises(PermissionDenied):
        co_hosting.withdraw(agreed, by=ola)


def test_what_was_taken_back_can_be_asked_again(hall, sowers, ada, dot):
    asked = co_hosting.ask(hall, sowers, by=ada)
    co_hosting.withdraw(asked, by=ada)
    with pytest.raises(Refusal, match="not asked any more"):
        co_hosting.agree(asked, by=dot)
    assert co_hosting.agree(co_hosting.ask(hall, sowers, by=ada), by=dot).is_agreed()


def test_who_leaves_the_other_circle_gives_up_the_seat_they_had_by_it(hall, sowers, els, together):
    together(hall, sowers)
    rsvp.attend(hall, els)
    joining.leave(sowers, els)
    assert hall.rsvps.get(person=els).status == Rsvp.Status.DECLINED


def test_who_leaves_one_of_two_circles_goes_on_hosting_for_the_other(hall, makers, sowers, ben, together):
    sowers.memberships.create(person=ben)
    together(hall, sowers)
    hall.hosts.add(ben)
    joining.leave(makers, ben)
    assert permissions.can_host(ben, hall)


# Closed circles


@pytest.fixture
def dawn(gathering, forum, ada):
    dawn = gathering(forum, title="Canary dawn")
    dawn.hosts.add(ada)
    return dawn


def test_a_closed_circles_gathering_is_seen_by_members_of_both_and_by_nobody_else(
    dawn, sowers, ben, chi, els, dot, together
):
    together(dawn, sowers)
    assert [sees(each, dawn) for each in (ben, els, dot)] == [True] * 3
    assert [sees(each, dawn) for each in (chi, AnonymousUser())] == [False] * 2


def test_it_stands_on_no_page_and_in_no_feed_outside(client, dawn, sowers, chi, together):
    together(dawn, sowers)
    pages = ("/gatherings/", "/gatherings/?circle=sowers", "/gatherings/feed/sowers.ics", "/circles/sowers/",
             "/gatherings/feed.ics", f"/gatherings/{dawn.pk}/", "/")  # fmt: skip
    for viewer in (None, chi):
        if viewer:
            client.force_login(viewer)
        for page in pages:
            text = client.get(page).text
            assert ("Canary dawn" in text, "Gryningsforum" in text) == (False, False), page


def test_a_member_of_the_other_circle_sees_it_and_is_not_told_whose_it_is(
    client, dawn, sowers, els, together
):
    together(dawn, sowers)
    rsvp.attend(dawn, els)
    client.force_login(els)
    for page in ("/gatherings/", "/gatherings/?circle=sowers", f"/gatherings/{dawn.pk}/", "/",
                 f"/gatherings/{dawn.pk}/guests/", f"/gatherings/{dawn.pk}/place/"):  # fmt: skip
        text = client.get(page).text
        assert ("Canary dawn" in text, "Gryningsforum" in text) == (True, False), page
    assert "Gryningsforum" not in client.get(f"/gatherings/{dawn.pk}/calendar.ics").text


def test_control_its_own_members_read_its_name_on_the_same_pages(client, dawn, sowers, ben, together):
    together(dawn, sowers)
    client.force_login(ben)
    for page in ("/gatherings/", f"/gatherings/{dawn.pk}/"):
        assert "Gryningsforum" in client.get(page).text


def test_rows_kept_for_one_reader_tell_the_next_one_no_more(client, dawn, sowers, ben, els, together):
    together(dawn, sowers)
    texts = []
    for viewer in (ben, els, ben):
        client.force_login(viewer)
        texts.append("Gryningsforum + Sowers" in client.get("/gatherings/").text)
    assert texts == [True, False, True]


def test_a_closed_circle_that_holds_an_open_ones_gathering_is_named_to_its_own_only(
    client, hall, makers, forum, ada, ben, chi, together
):
    Circle.objects.filter(pk=makers.pk).update(kind=Circle.Kind.OPEN)
    together(hall, forum, answerer=ada)
    for viewer, is_named in ((None, False), (chi, False), (ben, True)):
        client.logout()
        if viewer:
            client.force_login(viewer)
        text = client.get(f"/gatherings/{hall.pk}/").text
        assert ("Gryningsforum" in text, "together with" in text) == (is_named, is_named)
        for page in (
            "/gatherings/?circle=makers",
            "/gatherings/feed/makers.ics",
            f"/gatherings/{hall.pk}/calendar.ics",
        ):
            # Rows are shared; the circle's own member reads its name in the list of circles, and nowhere else.
            unsaid = " + Gryningsforum" if is_named else "Gryningsforum"
            assert unsaid not in client.get(page).text


def test_a_contact_person_who_does_not_come_meets_nobody(hall, makers, forum, ada, ben, together):
    hall.hosts.clear()
    makers.memberships.update(is_contact=False)
    together(hall, forum, answerer=ada)
    makers.memberships.filter(person=ben).update(is_contact=True)
    assert greeting.candidates_of(hall) == [[], [], []]
    rsvp.attend(hall, ben)
    assert greeting.candidates_of(hall) == [[], [], [ben]]


def test_only_an_organiser_of_a_closed_circle_tells_of_it_by_asking(dawn, sowers, ben):
    dawn.hosts.add(ben)
    with pytest.raises(PermissionDenied):
        co_hosting.ask(dawn, sowers, by=ben)


def test_other_hosts_learn_of_a_closed_circle_that_is_asked_only_when_it_says_yes(hall, forum, ada, chi):
    hall.hosts.add(chi)
    asked = co_hosting.ask(hall, forum, by=ada)
    assert not queries.co_hostings_for(chi).exists()
    co_hosting.agree(asked, by=ada)
    assert queries.co_hostings_for(chi).get() == asked


def test_a_closed_circles_no_is_told_to_nobody_but_who_asked(hall, forum, ada, ben, chi):
    hall.hosts.add(chi)
    forum.memberships.filter(person=ben).update(role=Membership.Role.ORGANISER)
    co_hosting.decline(co_hosting.ask(hall, forum, by=ada), by=ben)
    assert mails("co_hosting_declined") == {"Ada Andersson"}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_subject_names_a_closed_circle_or_its_gathering(
    hall, dawn, sowers, forum, ada, ben, dot, els, together, language
):
    for person in (ada, ben, dot, els):
        person.language = language
        person.save()
    forum.memberships.filter(person=ben).update(role=Membership.Role.ORGANISER)
    agreed = [together(dawn, sowers), together(hall, forum, answerer=ben)]
    rsvp.attend(dawn, els)
    for each in agreed:
        co_hosting.withdraw(each, by=ada)
    kinds = {mail.kind.split("/")[1] for mail in Mail.objects.all()}
    assert kinds >= {"co_hosting_asked", "co_hosting_agreed", "co_hosting_withdrawn", "together_no_more"}
    said = [mail.subject for mail in Mail.objects.all()]
    assert [subject for subject in said if "Canary" in subject or "Gryningsforum" in subject] == []
    assert any("Hall" in subject for subject in said)  # the control: what is open is named


def test_the_question_is_asked_of_one_gathering_in_the_database_once(hall, sowers, ada):
    co_hosting.ask(hall, sowers, by=ada)
    with pytest.raises(IntegrityError):
        CoHosting.objects.create(gathering=hall, circle=sowers)
