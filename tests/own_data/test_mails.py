"""Which mails somebody wants; and a link in each that turns its kind off (RFC 8058)."""

import re
from pathlib import Path

import pytest
from django.core import signing
from django.test import Client

import peerhood
from peerhood.circles.entering import applying, joining
from peerhood.notices import choices, delivery, sending
from peerhood.notices.choices import Group
from peerhood.notices.models import Mail, Unwanted
from peerhood.people.models import Person

pytestmark = pytest.mark.django_db
ROOT = Path(peerhood.__file__).parent


def test_every_mail_there_is_can_be_turned_off_or_always_comes():
    kinds = {f"{path.parent.parent.name}/{path.stem}" for path in ROOT.glob("*/templates/*/mail/*.txt")}
    assert kinds == set(choices.OPTIONAL) | choices.ALWAYS
    assert set(choices.OPTIONAL) & choices.ALWAYS == set()
    assert set(choices.OPTIONAL.values()) == set(Group)


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
