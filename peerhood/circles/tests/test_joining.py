"""How somebody comes to belong to a circle, and goes."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles.entering import applying, inviting, joining
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal


def events():
    return list(Entry.objects.values_list("name", flat=True))


def test_an_open_circle_is_joined_at_once_and_only_once(studio, dot, state):
    joining.join(studio, dot, agreed_to=1)
    joining.join(studio, dot, agreed_to=1)
    assert state(studio, dot) == "active"
    assert events() == ["agreement.accepted", "membership.joined"]


def test_a_circle_by_application_is_not_simply_joined(makers, dot, state):
    with pytest.raises(Refusal):
        joining.join(makers, dot)
    assert state(makers, dot) is None


def test_a_closed_circle_takes_no_applications(forum, dot):
    with pytest.raises(Refusal):
        applying.apply(forum, dot)
    with pytest.raises(Refusal):
        joining.join(forum, dot)


def test_who_comes_back_begins_as_a_member_and_keeps_their_years(studio, dot):
    joining.join(studio, dot, agreed_to=1)
    studio.memberships.filter(person=dot).update(role="host", is_contact=True, joined_on="2019-05-07")
    joining.leave(studio, dot)
    joining.join(studio, dot, agreed_to=1)
    back = studio.memberships.get(person=dot)
    assert (back.role, back.is_contact, back.joined_on.isoformat()) == ("member", False, "2019-05-07")


def test_who_is_invited_joins_any_circle(forum, dot, ada, state):
    invited = forum.memberships.create(person=dot, state="invited")
    invited.invitations.create(by=ada, name="D")
    joining.join(forum, dot)
    assert state(forum, dot) == "active"
    assert not invited.invitations.exists()


def test_only_an_organiser_takes_somebody_off_the_list(makers, ada, ben, chi, state):
    with pytest.raises(PermissionDenied):
        joining.remove(makers.memberships.get(person=chi), by=ben, reason="Because.")
    joining.remove(makers.memberships.get(person=chi), by=ada, reason="Because.")
    assert state(makers, chi) == "left"
    assert events() == ["membership.left"]


def test_whom_an_organiser_took_off_does_not_walk_back_in(studio, dot, ada, state):
    joining.join(studio, dot, agreed_to=1)
    joining.remove(studio.memberships.get(person=dot), by=ada, reason="Sold things.")
    with pytest.raises(Refusal, match="ask you in again"):
        joining.join(studio, dot, agreed_to=1)
    inviting.ask_again(studio.memberships.get(person=dot), by=ada)
    joining.join(studio, dot, agreed_to=1)
    assert state(studio, dot) == "active"
    assert not joining.is_removed(studio.memberships.get(person=dot))


def test_a_removal_needs_a_reason(makers, ada, chi, state):
    with pytest.raises(Refusal):
        joining.remove(makers.memberships.get(person=chi), by=ada, reason="  ")
    assert state(makers, chi) == "active"


def test_the_reason_is_mailed_and_kept_for_the_organisers(client, makers, ada, chi):
    joining.remove(makers.memberships.get(person=chi), by=ada, reason="You sold things at the table.")
    mail = Mail.objects.get()
    assert (mail.address, mail.subject) == ("chi@example.org", "About your membership")
    assert "You sold things at the table." in mail.text
    client.force_login(ada)
    page = client.get(f"/circles/makers/members/{makers.memberships.get(person=chi).pk}/").text
    assert "You sold things at the table." in page
    assert "Ada Andersson" in page


def test_who_never_said_yes_to_a_list_gets_no_mail_about_it(makers, ada, dot):
    listed = makers.memberships.create(person=dot)
    listed.invitations.create(by=ada, name="D")
    joining.remove(listed, by=ada, reason="A mistake of mine.")
    assert not Mail.objects.exists()


def test_a_word_at_leaving_goes_to_the_organisers_and_nowhere_else(makers, ada, ben, chi):
    makers.memberships.filter(person=chi).update(role="organiser")
    joining.leave(makers, ben, word="I move to Ed. Thank you all.")
    assert sorted(Mail.objects.values_list("address", flat=True)) == ["ada@example.org", "chi@example.org"]
    assert "I move to Ed." in Mail.objects.first().text
    joining.leave(makers, chi)
    assert Mail.objects.count() == 2
