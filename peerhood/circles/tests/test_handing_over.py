"""An organiser asks a member to take over. The circle is never without one."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from peerhood.circles import handing_over, roles
from peerhood.circles.entering import joining
from peerhood.circles.models import Handover
from peerhood.circles.roles import LastOrganiser
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal


@pytest.fixture
def place(makers):
    return lambda person: makers.memberships.get(person=person)


@pytest.fixture
def asked(place, ada, ben):
    return lambda afterwards="stay": handing_over.offer(place(ben), by=ada, afterwards=afterwards)


def organisers(circle):
    return [one.person.name for one in circle.memberships.organising().order_by("pk")]


def test_nothing_changes_before_the_yes(makers, asked, ada):
    asked("leave")
    assert organisers(makers) == ["Ada Andersson"]
    with pytest.raises(LastOrganiser):
        joining.leave(makers, ada)


@pytest.mark.parametrize(
    ("afterwards", "stands"), [("stay", "active"), ("pause", "paused"), ("leave", "left")]
)
def test_with_the_yes_one_organises_and_the_other_goes_their_way(
    makers, asked, place, ada, ben, afterwards, stands
):
    handing_over.accept(asked(afterwards), by=ben)
    assert organisers(makers) == ["Ben Berg"]
    assert (place(ada).role, place(ada).state, place(ada).is_contact) == ("member", stands, False)
    assert place(ben).is_contact


def test_a_no_changes_nothing_and_somebody_else_can_be_asked(makers, asked, place, ada, ben, chi):
    handing_over.decline(asked(), by=ben)
    assert organisers(makers) == ["Ada Andersson"]
    handing_over.accept(handing_over.offer(place(chi), by=ada), by=chi)
    assert organisers(makers) == ["Chi Chen"]


def test_only_the_one_who_is_asked_answers(asked, ada, chi):
    offer = asked()
    for other in (ada, chi):
        for act in (handing_over.accept, handing_over.decline):
            with pytest.raises(PermissionDenied):
                act(offer, by=other)


def test_only_an_organiser_asks_and_one_at_a_time(place, asked, ada, ben, chi):
    with pytest.raises(PermissionDenied):
        handing_over.offer(place(chi), by=ben)
    asked()
    with pytest.raises(Refusal):
        handing_over.offer(place(chi), by=ada)
    handing_over.take_back(place(ada).circle, by=ada)
    handing_over.offer(place(chi), by=ada)


def test_only_active_members_who_said_yes_themselves_are_asked(makers, place, ada, ben, chi, dot):
    makers.memberships.filter(person=ben).update(state="paused")
    listed = makers.memberships.create(person=dot)
    listed.invitations.create(by=ada, name="D")
    for to in (place(ben), listed, place(ada)):
        with pytest.raises(Refusal):
            handing_over.offer(to, by=ada)
    handing_over.offer(place(chi), by=ada)


def test_an_offer_taken_back_or_left_behind_is_not_accepted(makers, asked, ada, ben):
    offer = asked()
    handing_over.take_back(makers, by=ada)
    with pytest.raises(Refusal):
        handing_over.accept(offer, by=ben)
    offer = asked()
    joining.leave(makers, ben)
    with pytest.raises(Refusal):
        handing_over.accept(offer, by=ben)
    assert organisers(makers) == ["Ada Andersson"]


def test_who_steps_down_another_way_asks_no_longer(makers, place, asked, ada, ben, chi):
    offer = asked()
    makers.memberships.filter(person=chi).update(role="organiser")
    roles.change(place(ada), "member", is_contact=False, by=chi)
    offer.refresh_from_db()
    assert offer.outcome == "taken-back"


def test_a_pause_begun_after_the_question_ends_before_the_yes(makers, asked, place, ben):
    offer = asked()
    makers.memberships.filter(person=ben).update(state="paused")
    with pytest.raises(Refusal):
        handing_over.accept(offer, by=ben)
    assert organisers(makers) == ["Ada Andersson"]


def test_both_sides_are_told_by_mail(asked, ben, ada):
    offer = asked()
    handing_over.accept(offer, by=ben)
    handing_over.accept(offer, by=ben)
    assert list(Mail.objects.order_by("pk").values_list("address", "subject")) == [
        ("ben@example.org", "Ada Andersson asks you to take Makers over"),
        ("ada@example.org", "Ben Berg has taken over"),
    ]


def test_the_name_of_a_closed_circle_stands_in_no_subject(forum, ada, ben):
    offer = handing_over.offer(forum.memberships.get(person=ben), by=ada)
    handing_over.decline(offer, by=ben)
    assert [mail.subject for mail in Mail.objects.all() if "Gryningsforum" in mail.subject] == []
    assert Mail.objects.count() == 2


def test_the_database_knows_one_open_offer_each(asked, place, ada, chi):
    asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(organiser=place(ada), to=place(chi))


def test_the_way_through_the_pages(client, makers, place, ada, ben):
    client.force_login(ada)
    leave = client.get("/circles/makers/leave/").text
    assert "You are the only organiser who is active." in leave
    assert "/circles/makers/hand-over/" in leave
    assert "Ben Berg" in client.get("/circles/makers/hand-over/").text
    answer = client.post("/circles/makers/hand-over/", {"to": "0", "afterwards": "leave"})
    assert answer.status_code == 422
    client.post("/circles/makers/hand-over/", {"to": place(ben).pk, "afterwards": "leave"})
    assert "You have asked Ben Berg." in client.get("/circles/makers/hand-over/").text
    client.force_login(ben)
    assert "/circles/makers/take-over/" in client.get("/circles/makers/").text
    assert "Ada Andersson then leaves the circle." in client.get("/circles/makers/take-over/").text
    assert organisers(makers) == ["Ada Andersson"]
    assert client.post("/circles/makers/take-over/").url == "/circles/makers/"
    assert organisers(makers) == ["Ben Berg"]
    assert place(ada).state == "left"
    assert client.get("/circles/makers/take-over/").status_code == 404
