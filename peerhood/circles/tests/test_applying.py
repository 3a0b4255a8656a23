"""Asking to join, and being answered with a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles.entering import applying, joining
from peerhood.circles.models import Circle
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

LEADING = "I lead this kind of work."


@pytest.fixture
def asking(makers):
    """The Makers ask two questions of their own, and name one way in themselves."""
    Circle.objects.update(
        questions=["Where do you work?", "What would you share?"], leading_route="You lead a workshop."
    )
    makers.refresh_from_db()
    return makers


@pytest.fixture
def applied(makers, dot):
    return applying.apply(makers, dot, route=LEADING)


def events():
    return list(Entry.objects.values_list("name", flat=True))


def test_an_application_waits_for_an_organiser(makers, dot, ada, ben, applied, state):
    applying.apply(makers, dot, route=LEADING)
    with pytest.raises(PermissionDenied):
        applying.accept(applied, by=ben, reason="Nice.")
    assert state(makers, dot) == "applied"
    applying.accept(applied, by=ada, reason="Welcome.")
    applying.accept(applied, by=ada, reason="Welcome.")
    assert state(makers, dot) == "active"
    assert events() == ["membership.applied", "membership.accepted"]


def test_the_organisers_hear_of_it_and_the_applicant_of_the_answer_and_why(
    makers, dot, ada, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        applied = applying.apply(makers, dot, route=LEADING)
    with django_capture_on_commit_callbacks(execute=True):
        applying.accept(applied, by=ada, reason="You build what we talk about.")
    mails = list(Mail.objects.order_by("pk"))
    assert [(mail.address, mail.subject) for mail in mails] == [
        ("ada@example.org", "Dot Dahl would like to join Makers"),
        ("dot@example.org", "Welcome to Makers"),
        # Ada is the contact person, and so she welcomes whoever comes.
        ("ada@example.org", "A newcomer for you to welcome"),
    ]
    assert f"/circles/makers/members/{applied.pk}/application/" in mails[0].text
    assert "You build what we talk about." in mails[1].text
    assert "Ada" not in mails[1].text


def test_a_no_is_mailed_with_its_reason(makers, dot, ada, applied, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        applying.decline(applied, by=ada, reason="We are full until spring.")
    mail = Mail.objects.get()
    assert (mail.address, mail.subject) == ("dot@example.org", "Your application")
    assert "We are full until spring." in mail.text
    assert "Ada" not in mail.text


def test_an_organiser_who_pauses_is_not_asked(makers, dot, ben, django_capture_on_commit_callbacks):
    makers.memberships.filter(person=ben).update(role="organiser", state="paused")
    with django_capture_on_commit_callbacks(execute=True):
        applying.apply(makers, dot)
    assert [mail.address for mail in Mail.objects.all()] == ["ada@example.org"]


@pytest.mark.parametrize("act", [applying.accept, applying.decline])
def test_an_answer_needs_a_reason(makers, dot, ada, applied, state, act):
    with pytest.raises(Refusal):
        act(applied, by=ada, reason=" ")
    assert state(makers, dot) == "applied"


def test_a_declined_applicant_may_apply_again_and_the_first_answer_is_kept(makers, dot, ada, applied, state):
    applying.decline(applied, by=ada, reason="Not yet.")
    assert state(makers, dot) == "declined"
    applying.apply(makers, dot)
    assert state(makers, dot) == "applied"
    assert [one.outcome for one in applied.applications.all()] == ["waiting", "declined"]


def test_an_answer_comes_too_late_for_an_application_taken_back(makers, dot, ada, applied, state):
    joining.leave(makers, dot)
    with pytest.raises(Refusal):
        applying.accept(applied, by=ada, reason="Welcome.")
    assert state(makers, dot) == "left"
    assert applied.applications.get().outcome == "taken-back"


def test_the_second_organiser_is_told_who_was_first(makers, dot, ada, ben, applied):
    makers.memberships.filter(person=ben).update(role="organiser")
    applying.decline(applied, by=ada, reason="Not yet.")
    with pytest.raises(Refusal, match=r"Ada Andersson has answered already: declined."):
        applying.accept(applied, by=ben, reason="Welcome.")


def test_the_circles_own_questions_are_answered_each(asking, dot):
    with pytest.raises(Refusal):
        applying.apply(asking, dot, answers=["At home", " "])
    with pytest.raises(Refusal):
        applying.apply(asking, dot, answers=["At home"])
    with pytest.raises(Refusal):
        applying.apply(asking, dot, route="Because I say so.", answers=["At home", "Tools"])
    applied = applying.apply(asking, dot, route="You lead a workshop.", answers=["At home", "Tools"])
    application = applied.applications.get()
    assert application.route == "You lead a workshop."
    assert application.answers == [["Where do you work?", "At home"], ["What would you share?", "Tools"]]


def test_questions_edited_later_change_no_answer(asking, dot):
    applied = applying.apply(asking, dot, answers=["At home", "Tools"])
    Circle.objects.update(questions=["Something else?"])
    assert applied.applications.get().answers[0] == ["Where do you work?", "At home"]


def test_the_two_ways_in_are_the_circles_own_or_plain_ones_in_its_language(makers):
    assert makers.routes() == [LEADING, "I am curious, and willing to share."]
    makers.language, makers.curious_route = "sv", "Nyfiken."
    assert makers.routes() == ["Jag leder sådant arbete.", "Nyfiken."]


def test_an_applicant_pends_sees_what_was_said_and_takes_it_back(client, asking, dot, state):
    client.force_login(dot)
    page = client.get("/circles/makers/apply/").text
    assert "Where do you work?" in page
    assert "You lead a workshop." in page
    said = {"route": "You lead a workshop.", "answer_0": "At home", "answer_1": ""}
    again = client.post("/circles/makers/apply/", said)
    assert again.status_code == 422
    assert "At home" in again.text
    assert state(asking, dot) is None
    assert client.post("/circles/makers/apply/", said | {"answer_1": "Tools"}).url == "/circles/makers/"
    assert "with a reason either way" in client.get("/circles/makers/").text
    pending = client.get("/circles/makers/apply/").text
    assert "At home" in pending
    place = asking.memberships.get(person=dot)
    client.post(f"/circles/invitations/{place.pk}/take-back/")
    assert state(asking, dot) == "left"


def test_an_organiser_reads_route_and_answers_and_loses_no_word(client, asking, dot, ada, state):
    applying.apply(asking, dot, route="You lead a workshop.", answers=["At home", "Tools"])
    place = asking.memberships.get(person=dot)
    client.force_login(ada)
    url = f"/circles/makers/members/{place.pk}/"
    page = client.get(url + "application/").text
    for text in ("Dot Dahl", "You lead a workshop.", "Where do you work?", "At home", "Tools"):
        assert text in page
    assert client.post(url + "accept/", {"reason": ""}).status_code == 422
    too_long = "Long. " * 300
    assert too_long.strip() in client.post(url + "decline/", {"reason": too_long}).text
    assert state(asking, dot) == "applied"
    assert client.post(url + "decline/", {"reason": "Not yet."}).url == "/circles/makers/members/"
    assert state(asking, dot) == "declined"
    assert "Not yet." in client.get(url).text
    client.force_login(dot)
    assert "Not yet." in client.get("/circles/makers/").text


def test_nobody_takes_back_for_another(client, makers, applied, ben, state, dot):
    client.force_login(ben)
    assert client.post(f"/circles/invitations/{applied.pk}/take-back/").status_code == 404
    assert state(makers, dot) == "applied"


def test_organisers_edit_what_applicants_are_asked(client, makers, ada):
    client.force_login(ada)
    words = {"leading_route": "", "curious_route": "Curious?", "questions": "One?\n\n Two? \nOne?\n"}
    assert client.post("/circles/makers/entrance/", words).url == "/circles/makers/"
    makers.refresh_from_db()
    assert (makers.curious_route, makers.questions) == ("Curious?", ["One?", "Two?"])
    many = client.post("/circles/makers/entrance/", words | {"questions": "\n".join("abcdefg")})
    assert (many.status_code, "Curious?" in many.text) == (422, True)
