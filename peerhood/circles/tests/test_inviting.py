"""An organiser asks somebody in; rule 7: nobody else sees it until that person says yes."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles import queries
from peerhood.circles.entering import inviting, joining
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.search.models import Entry


@pytest.fixture
def invited(forum, ada, dot):
    membership = forum.memberships.create(person=dot, state="invited")
    membership.invitations.create(by=ada, name="Dorothy D", address="dot@example.org")
    return membership


def names(circle, viewer, *, organises):
    return [one.shown_name for one in queries.members_of(circle, viewer, organises=organises).on_the_list()]


def test_only_who_invited_sees_an_invitation(forum, ada, ben, chi, invited):
    forum.memberships.create(person=chi, role="organiser")
    assert names(forum, ada, organises=True) == ["Ada Andersson", "Ben Berg", "Chi Chen", "Dorothy D"]
    assert names(forum, chi, organises=True) == ["Ada Andersson", "Ben Berg", "Chi Chen"]
    assert names(forum, ben, organises=False) == ["Ada Andersson", "Ben Berg", "Chi Chen"]


def test_an_invitation_opens_no_door(client, forum, dot, invited):
    client.force_login(dot)
    assert client.get("/circles/gryningsforum/").status_code == 404
    assert client.get("/circles/gryningsforum/members/").status_code == 404


def test_of_a_closed_circle_the_invited_learn_the_name_and_who_asks(client, forum, dot, invited):
    client.force_login(dot)
    text = client.get("/circles/invitations/").text
    assert "Gryningsforum" in text
    assert "Ada Andersson invites you." in text
    assert forum.purpose not in text
    assert "/circles/gryningsforum/" not in text


def test_yes_makes_a_member_and_forgets_the_list(client, forum, dot, invited):
    client.force_login(dot)
    response = client.post(f"/circles/invitations/{invited.pk}/yes/")
    assert response.url == "/circles/gryningsforum/"
    assert client.get(response.url).status_code == 200
    assert not invited.invitations.exists()


def test_no_is_kept_and_shown_to_who_asked(client, forum, ada, dot, invited):
    client.force_login(dot)
    client.post(f"/circles/invitations/{invited.pk}/no/")
    assert names(forum, ada, organises=True) == ["Ada Andersson", "Ben Berg"]
    declined = queries.members_of(forum, ada, organises=True).filter(state="declined")
    assert [one.shown_name for one in declined] == ["Dorothy D"]
    assert client.get("/circles/invitations/").context["invitations"].count() == 0


def test_nobody_answers_for_another(client, ben, invited):
    client.force_login(ben)
    assert client.post(f"/circles/invitations/{invited.pk}/yes/").status_code == 404
    invited.refresh_from_db()
    assert invited.state == "invited"


def test_a_withdrawn_invitation_leaves_nothing(forum, ada, ben, invited):
    with pytest.raises(PermissionDenied):
        inviting.withdraw(invited, by=ben)
    inviting.withdraw(invited, by=ada)
    assert forum.memberships.count() == 2
    assert Person.objects.filter(name="Dot Dahl").exists()


def test_an_invitation_that_was_answered_is_not_taken_back(forum, ada, dot, invited):
    invited.invitations.get_or_create(by=ada, defaults={"name": "Dot Dahl"})
    # The membership as somebody else's page still shows it: invited.
    joining.join(forum, dot)
    invited.invitations.create(by=ada, name="Dot Dahl")
    with pytest.raises(Refusal):
        inviting.withdraw(invited, by=ada)
    assert forum.memberships.get(person=dot).state == "active"
    assert invited.invitations.count() == 1


def test_with_a_withdrawn_contact_goes_the_account_that_only_the_list_made(bring_in, makers, ada, file):
    bring_in(file("Connections.csv"))
    inviting.withdraw(makers.memberships.get(person__name="Jonas Frid"), by=ada)
    assert not Person.objects.filter(name="Jonas Frid").exists()
    assert not Entry.objects.filter(title="jonas frid").exists()


def test_who_left_a_closed_circle_can_be_asked_in_again(forum, ada, ben):
    joining.leave(forum, ben)
    place = forum.memberships.get(person=ben)
    with pytest.raises(PermissionDenied):
        inviting.ask_again(place, by=ben)
    inviting.ask_again(place, by=ada)
    assert Mail.objects.get().address == "ben@example.org"
    joining.join(forum, ben)
    assert [one.person for one in forum.memberships.inside().order_by("pk")] == [ada, ben]


def test_who_was_put_on_a_list_says_yes_or_goes(client, makers, ada, dot):
    listed = makers.memberships.create(person=dot)
    listed.invitations.create(by=ada, name="Dorothy D")
    client.force_login(dot)
    assert "Ada Andersson put you on its list." in client.get("/circles/invitations/").text
    assert "An organiser put you on the list." in client.get("/circles/makers/").text
    inviting.say_no(makers, dot)
    assert makers.memberships.get(person=dot).state == "left"


def test_a_seat_at_a_gathering_is_a_yes(makers, ada, dot, gathering, django_capture_on_commit_callbacks):
    from peerhood import journal

    listed = makers.memberships.create(person=dot)
    listed.invitations.create(by=ada, name="Dorothy D")
    rsvp = gathering(makers).rsvps.create(person=dot)
    with django_capture_on_commit_callbacks(execute=True):
        journal.record("rsvp.seated", rsvp)
    assert not listed.invitations.exists()


def test_the_card_of_somebody_on_a_list_is_closed_until_they_say_yes(makers, ada, ben, dot):
    listed = makers.memberships.create(person=dot)
    listed.invitations.create(by=ada, name="Dorothy D")
    assert dot not in Person.objects.visible_to(ada)
    joining.join(makers, dot)
    assert dot in Person.objects.visible_to(ada)
