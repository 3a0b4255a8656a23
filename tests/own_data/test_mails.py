"""Which mails somebody wants; and a link in each that turns its kind off (RFC 8058)."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.core import signing
from django.test import Client

import peerhood
from peerhood.circles.entering import applying, joining
from peerhood.notices import choices, delivery, quiet_hours, sending
from peerhood.notices.choices import Group
from peerhood.notices.models import Mail, Unwanted
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db
ROOT = Path(peerhood.__file__).parent


def test_every_mail_there_is_can_be_turned_off_or_always_comes():
    kinds = {f"{path.parent.parent.name}/{path.stem}" for path in ROOT.glob("*/templates/*/mail/*.txt")}
    assert kinds == set(choices.OPTIONAL) | choices.ALWAYS | {choices.DIGEST}
    assert set(choices.OPTIONAL) & choices.ALWAYS == set()
    assert set(choices.OPTIONAL.values()) == set(Group) == set(choices.ABOUT)
    assert set(choices.ALWAYS) >= choices.CODES | choices.ABOUT_A_DATE


def test_what_is_turned_off_is_not_written(makers, ada, dot, django_capture_on_commit_callbacks):
    choices.choose(ada, set(Group.values) - {Group.APPLICATIONS})
    with django_capture_on_commit_callbacks(execute=True):
        applying.apply(makers, dot)
    assert Mail.objects.filter(person=ada).count() == 0
    choices.choose(ada, set(Group.values))
    joining.leave(makers, dot)
    with django_capture_on_commit_callbacks(execute=True):
        applying.apply(makers, dot)
    assert Mail.objects.filter(person=ada, kind="circles/applied").count() == 1


def test_answers_to_what_i_did_always_come(makers, ben):
    choices.choose(ben, set())
    assert sending.send(ben, "circles/accepted", circle=makers) is not None


def test_the_page_keeps_what_is_chosen_and_nothing_unknown(ben, client):
    client.force_login(ben)
    client.post("/me/data/mails/", {"wanted": ["applications", "nonsense"]})
    assert choices.unwanted_by(ben) == set(Group.values) - {"applications"}
    page = client.get("/me/data/").text
    assert len(re.findall(r'name="wanted"[^>]* checked', page)) == 1


@pytest.fixture
def applied(makers, ada, dot):
    return sending.send(
        ada,
        "circles/applied",
        circle=makers,
        applicant=dot,
        membership=makers.memberships.first(),
    )


def link_in(mail: Mail) -> str:
    return "/" + mail.leave.split("/", 3)[3]


def test_an_optional_mail_carries_the_header_and_the_link(applied):
    message = delivery._message(applied)
    assert message.extra_headers["List-Unsubscribe"] == f"<{applied.leave}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert applied.leave in applied.text
    assert applied.leave in applied.html


def test_a_mail_that_always_comes_carries_none(makers, ada):
    mail = sending.send(ada, "circles/accepted", circle=makers)
    assert "List-Unsubscribe" not in delivery._message(mail).extra_headers
    assert "/mails/off/" not in mail.text


def test_looking_at_the_link_changes_nothing(applied, ada, client):
    page = client.get(link_in(applied))
    client.head(link_in(applied))
    assert "Applications to answer" in page.text
    assert Unwanted.objects.count() == 0


def test_one_press_turns_it_off_without_signing_in_and_only_it(applied, ada):
    # As a mail program does it: no cookie, no page of ours before it.
    program = Client(enforce_csrf_checks=True)
    for _again in range(2):
        assert program.post(link_in(applied), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Unwanted.objects.values_list("person", "group")) == [(ada.pk, "applications")]


def test_a_made_up_link_is_not_found(applied, ada, client):
    made_up = [
        "x",
        f"{ada.pk}:applications",
        link_in(applied).rstrip("/").rsplit("/", 1)[1][:-1],
        signing.dumps([ada.pk, "applications"]),
        signing.dumps([ada.pk, "nonsense"], salt=choices.SALT),
        signing.dumps("nonsense", salt=choices.SALT),
    ]
    for link in made_up:
        assert client.post(f"/mails/off/{link}/").status_code == 404
    assert Unwanted.objects.count() == 0


def test_the_link_of_somebody_who_is_gone_says_nothing(applied, ada, client):
    Person.objects.filter(pk=ada.pk).delete()
    assert client.post(link_in(applied)).status_code == 200
    assert Unwanted.objects.count() == 0


def test_once_a_day_and_hours_of_ones_own_are_chosen_on_the_same_page(ben, client):
    client.force_login(ben)
    said = {"wanted": ["asked", "hosts"], "together": ["asked", "after", "x"], "quiet": "yes"}
    client.post("/me/data/mails/", said | {"quiet_begins": "22:30", "quiet_ends": "06:15"})
    # What is turned off comes neither at once nor once a day.
    assert choices.together_for(ben) == {"asked"}
    assert [f"{hour:%H:%M}" for hour in quiet_hours.hours_of(ben)] == ["22:30", "06:15"]
    page = client.get("/me/data/").text
    assert len(re.findall(r'name="together"[^>]* checked', page)) == 1
    assert 'value="22:30"' in page
    client.post("/me/data/mails/", {"quiet_begins": "22:30", "quiet_ends": "06:15"})
    assert len(set(quiet_hours.hours_of(ben))) == 1
    assert 'name="quiet" value="yes">' in client.get("/me/data/").text.replace(
        ' aria-describedby="about-quiet"', ""
    )


def test_hours_that_are_none_are_told_and_the_rest_is_kept(ben, client):
    client.force_login(ben)
    said = {"wanted": ["asked"], "quiet": "yes", "quiet_begins": "late", "quiet_ends": "06:15"}
    answer = client.post("/me/data/mails/", said)
    assert answer.status_code == 422
    assert "These are no hours." in answer.text
    assert choices.unwanted_by(ben) == set(Group.values) - {"asked"}


def test_every_group_says_what_it_is(ben, client):
    client.force_login(ben)
    page = unescape(client.get("/me/data/").text)
    for group in Group:
        assert str(group.label) in page
        assert str(choices.ABOUT[group]) in page


def test_the_page_of_daily_mails_is_ones_own(makers, ben, ada, client):
    for person in (ben, ada):
        mail = sending.send(person, "circles/accepted", circle=makers)
        Mail.objects.filter(pk=mail.pk).update(state="gathered", subject=f"To {person.name}")
    client.force_login(ben)
    page = client.get("/me/mails/").text
    assert ("To Ben Berg" in page, "To Ada Andersson" in page) == (True, False)
