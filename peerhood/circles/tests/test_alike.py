"""Joining and inviting answer alike whether an address is known here or not."""

import re

import pytest
from django.test import Client

from peerhood.circles.entering import links
from peerhood.circles.models import InvitationLink
from peerhood.notices.models import Mail
from peerhood.people.models import Person

KNOWN, UNKNOWN = "dot@example.org", "nobody@example.org"
CHANGES = re.compile(r'value="[^"]{40,}"|nonce="[^"]+"|link/[\w-]+/|link%2F[\w-]+%2F|links/\d+/')


def told(response, address) -> tuple[int, str]:
    """What somebody who watches the answer can see, but for what is new each time."""
    return response.status_code, CHANGES.sub("", response.text).replace(address, "ADDRESS")


@pytest.fixture
def answer(makers, ada, dot):
    """An organiser makes a link for an address; what she sees, and what mails went out."""

    def ask(address):
        client = Client()
        client.force_login(ada)
        InvitationLink.objects.all().delete()
        Mail.objects.all().delete()
        said = {"address": address, "most_uses": "1", "days": "14"}
        seen = told(client.post("/circles/makers/links/", said), address)
        return seen, told(client.get("/circles/makers/links/"), address), Mail.objects.count()

    return ask


def test_a_link_for_a_known_address_is_made_as_one_for_an_unknown_one(answer):
    people = Person.objects.count()
    assert answer(KNOWN) == answer(UNKNOWN)
    assert answer(UNKNOWN)[2] == 0
    assert Person.objects.count() == people


def test_a_link_for_somebody_who_belongs_already_is_made_alike(answer, ben):
    assert answer("ben@example.org") == answer(UNKNOWN)


def test_control_a_different_answer_would_be_seen(makers, ada):
    client = Client()
    client.force_login(ada)
    said = {"most_uses": "1", "days": "14"}
    for_one = told(client.post("/circles/makers/links/", said | {"address": KNOWN}), KNOWN)
    for_all = told(client.post("/circles/makers/links/", said), KNOWN)
    assert for_one != for_all


@pytest.mark.parametrize("path", ["/circles/makers/apply/", "/circles/makers/join/", "by a link"])
def test_a_visitor_who_would_join_is_answered_alike_known_or_not(makers, ada, dot, path):
    """The mail goes to the mailbox that was named, and says nothing to anybody else."""
    if path == "by a link":
        _link, token = links.make(makers, by=ada, address=KNOWN)
        path = f"/circles/invitations/link/{token}/"

    def come_in(address):
        client = Client()
        door = client.get(path)
        there = client.post("/sign-in/", {"address": address, "next": path})
        code = client.get(there.url)
        return door.status_code, door.url, there.status_code, there.url, told(code, address)

    Mail.objects.all().delete()
    assert come_in(KNOWN) == come_in(UNKNOWN)
    assert [mail.address for mail in Mail.objects.order_by("pk")] == [KNOWN, UNKNOWN]
