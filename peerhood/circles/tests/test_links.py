"""Invitation links: whoever has one may come in, or ask to, until it runs out."""

import hashlib
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.timezone import now

from peerhood.circles.entering import applying, inviting, joining, links
from peerhood.circles.models import InvitationLink
from peerhood.circles.powers import Power, may
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.people.arrival import leading_to
from peerhood.people.models import Person

KINDS = ["open", "application", "invitation", "in-house"]


@pytest.fixture
def path(forum, ada):
    """The path of a new link, into the Forum unless said otherwise: ``path(most_uses=3)``."""

    def make(circle=None, **choices):
        _link, token = links.make(circle or forum, by=ada, **choices)
        return f"/circles/invitations/link/{token}/"

    return make


@pytest.fixture
def rules(forum):
    forum.agreements.create(version=1, text="Nothing leaves the room.")
    return forum


def code_in(mail):
    return mail.subject.rsplit(": ", 1)[1]


def rows():
    """Everything that stands in the database, but for sessions and what belongs to Django itself."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("django_", "auth_", "sqlite_")):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                found[table] = sorted(map(str, cursor.fetchall()))
    return found


def test_of_token_and_address_only_fingerprints_are_kept(forum, ada):
    link, token = links.make(forum, by=ada, address="Dot@Example.org")
    assert len(token) == 22  # 128 bits, six a letter
    assert link.token_digest == hashlib.sha256(token.encode()).hexdigest()
    everything = str(rows()).lower()
    assert token.lower() not in everything
    assert "dot@example.org" not in everything
    assert hashlib.sha256(b"dot@example.org").hexdigest() not in everything


def test_control_the_search_of_the_database_finds_what_is_kept(forum, ada, dot):
    links.make(forum, by=ada, note="For the autumn")
    assert "for the autumn" in str(rows()).lower()
    assert "dot@example.org" in str(rows()).lower()


def test_the_address_has_another_hash_under_another_key(forum, ada, dot, settings):
    link, _token = links.make(forum, by=ada, address="dot@example.org")
    assert links.lets_in(link, dot, None)
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    assert not links.lets_in(link, dot, None)


@pytest.mark.parametrize("method", ["get", "head"])
def test_to_look_changes_nothing(client, rules, path, dot, method):
    url = path()
    client.force_login(dot)
    before = rows()
    assert getattr(client, method)(url).status_code == 200
    assert getattr(Client(), method)(url).status_code == 302
    assert rows() == before


def test_a_director_sees_the_rules_and_nobodys_name(client, rules, path, dot):
    client.force_login(dot)
    page = client.get(path()).text
    assert "Nothing leaves the room." in page
    assert "Gryningsforum" in page
    assert not [name for name in ("Ada", "Andersson", "Ben", "Berg") if name in page]
    assert "noindex" in page


def test_a_visitor_signs_in_first_and_comes_back(client, rules, path, state):
    """And somebody we have never heard of does so alike: the link waits behind the three questions."""
    url = path()
    sign_in = client.get(url).url
    assert sign_in == leading_to("/sign-in/", url)
    typing_in = client.post(sign_in, {"address": "new@example.org", "next": url}).url
    assert typing_in == leading_to("/sign-in/code/", url)
    answer = client.post(typing_in, {"code": code_in(Mail.objects.get()), "next": url})
    assert answer.url == url
    assert "Nothing leaves the room." in client.get(url).text
    # Members know one another by name, and an address brought none.
    assert client.post(url, {"agreed_to": "1"}).status_code == 422
    assert client.post(url, {"agreed_to": "1", "name": "Noa New"}).url == "/circles/gryningsforum/"
    assert state(rules, Person.objects.get(email="new@example.org")) == "active"


def test_a_link_without_an_address_lets_in_as_many_as_it_says(forum, ada, person, path, state):
    link, _token = links.make(forum, by=ada, most_uses=2)
    for name in ("One", "Two"):
        links.follow(link, person(name))
    with pytest.raises(links.LinkGone):
        links.follow(link, person("Three"))
    link.refresh_from_db()
    assert (link.used_count, link.state) == (2, "used-up")


def test_who_belongs_already_uses_nothing_up(forum, ada, ben):
    link, _token = links.make(forum, by=ada)
    links.follow(link, ben)
    links.follow(link, ada)
    link.refresh_from_db()
    assert link.used_count == 0


@pytest.mark.parametrize("kind", KINDS)
def test_whose_address_it_is_joins_at_once(forum, ada, dot, kind, state):
    """By any address they have proven, whatever is their main one."""
    EmailAddress.objects.create(user=dot, email="d.dahl@work.example", verified=True)
    forum.kind = kind
    forum.save()
    link, _token = links.make(forum, by=ada, address=" D.Dahl@WORK.example")
    links.follow(link, dot)
    assert state(forum, dot) == "active"
    assert Entry.objects.get(name="membership.joined").facts == {"link": link.pk}


@pytest.mark.parametrize("kind", KINDS)
def test_a_forwarded_invitation_joins_as_applied_and_shows_the_inviter(
    client, forum, ada, ben, dot, kind, state, django_capture_on_commit_callbacks
):
    forum.kind = kind
    forum.save()
    forum.memberships.filter(person=ben).update(role="organiser")
    link, _token = links.make(forum, by=ada, address="somebody@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        links.follow(link, dot, route=forum.routes()[0])
    assert state(forum, dot) == "applied"
    mail = Mail.objects.get(address="ben@example.org")
    assert "Ada Andersson" in mail.text
    client.force_login(ben)
    place = forum.memberships.get(person=dot)
    page = client.get(f"/circles/gryningsforum/members/{place.pk}/application/").text
    assert "Came by an invitation of Ada Andersson that was not written to them." in page


def test_an_address_that_is_not_proven_is_not_ones_own(forum, ada, dot, state):
    EmailAddress.objects.create(user=dot, email="somebody@example.org", verified=False)
    link, _token = links.make(forum, by=ada, address="somebody@example.org")
    links.follow(link, dot, route=forum.routes()[0])
    assert state(forum, dot) == "applied"


def test_a_forwarded_invitation_uses_nothing_up_of_the_one_it_was_written_to(forum, ada, dot, chi, state):
    link, _token = links.make(forum, by=ada, address="chi@example.org")
    links.follow(link, dot, route=forum.routes()[0])
    links.follow(link, chi)
    assert (state(forum, dot), state(forum, chi)) == ("applied", "active")


def test_who_applied_to_a_closed_circle_sees_nothing_of_it_but_can_take_it_back(
    client, rules, path, dot, state
):
    url = path(address="somebody@example.org")
    client.force_login(dot)
    page = client.get(url).text
    assert "written to another address than yours" in page
    said = {"route": rules.routes()[1], "agreed_to": "1"}
    assert client.post(url, {"agreed_to": "1"}).status_code == 422
    assert client.post(url, said | {"agreed_to": "7"}).status_code == 422
    assert client.post(url, said).url == "/circles/invitations/"
    assert client.get("/circles/gryningsforum/").status_code == 404
    pending = client.get("/circles/invitations/").text
    assert "Where you have asked to join" in pending
    assert client.get(url).url == "/circles/invitations/"
    client.post(f"/circles/invitations/{rules.memberships.get(person=dot).pk}/take-back/")
    assert state(rules, dot) == "left"


def test_a_link_for_everybody_does_not_undo_a_removal_but_one_by_name_does(forum, ada, ben, state):
    joining.remove(forum.memberships.get(person=ben), by=ada, reason="He told outside.")
    everybody, _token = links.make(forum, by=ada, most_uses=5)
    links.follow(everybody, ben, route=forum.routes()[0])
    assert state(forum, ben) == "applied"
    by_name, _token = links.make(forum, by=ada, address="ben@example.org")
    links.follow(by_name, ben)
    assert state(forum, ben) == "active"


def test_nor_does_it_undo_a_no_to_an_application_but_a_no_of_ones_own_is_ones_own(
    makers, ada, chi, dot, state
):
    applying.decline(applying.apply(makers, dot), by=ada, reason="Not yet.")
    makers.memberships.filter(person=chi).update(state="invited")
    inviting.say_no(makers, chi)
    link, _token = links.make(makers, by=ada, most_uses=5)
    links.follow(link, dot, route=makers.routes()[0])
    links.follow(link, chi)
    assert (state(makers, dot), state(makers, chi)) == ("applied", "active")


DEAD = {
    "unknown": lambda link: "A" * 22,
    "no token": lambda link: "x",
    "a novel": lambda link: "å" * 900,
    "expired": lambda link: link.update(expires_at=now() - timedelta(seconds=1)),
    "taken back": lambda link: link.update(revoked_at=now()),
    "used up": lambda link: link.update(used_count=1),
    "of somebody who organises no longer": lambda link: (
        link.get().circle.memberships.filter(person=link.get().by).update(role="member")
    ),
}


@pytest.mark.parametrize("dead", DEAD)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_dead_link_is_answered_alike_whatever_it_died_of(client, forum, ada, dot, dead, signed_in):
    link, token = links.make(forum, by=ada)
    instead = DEAD[dead](InvitationLink.objects.filter(pk=link.pk))
    token = instead if isinstance(instead, str) else token
    if signed_in:
        client.force_login(dot)
    never_was = client.get("/circles/invitations/link/BBBBBBBBBBBBBBBBBBBBBB/")
    for method in (client.get, client.post):
        answer = method(f"/circles/invitations/link/{token}/")
        assert answer.status_code == 404
        assert without_tokens(answer.text) == without_tokens(never_was.text)
    assert "Gryningsforum" not in answer.text
    assert not forum.memberships.filter(person=dot).exists()


def without_tokens(text: str) -> str:
    return re.sub(r'(value|nonce)="[^"]+"|link/[^"/]+/', "", text)


def test_control_a_live_link_is_answered_otherwise(client, forum, path, dot):
    client.force_login(dot)
    assert client.get(path()).status_code == 200


def test_guessing_runs_out_and_then_even_a_right_guess_says_nothing(client, path, dot):
    client.force_login(dot)
    url = path()
    answers = [client.get(f"/circles/invitations/link/{n:022}/").status_code for n in range(22)]
    assert answers == [404] * 20 + [429, 429]
    assert client.get(url).status_code == 429


def test_right_links_are_never_counted(client, path, dot):
    url = path()
    assert [client.get(url).status_code for _n in range(30)] == [302] * 30


def test_an_organiser_makes_a_link_sees_it_once_and_takes_it_back(client, makers, ada, dot):
    client.force_login(ada)
    page = client.post("/circles/makers/links/", {"most_uses": "3", "days": "7", "note": "Autumn"}).text
    url = re.search(r"/circles/invitations/link/[\w-]{22}/", page).group()
    assert "mailto:?subject=" in page
    again = client.get("/circles/makers/links/").text
    assert "/invitations/link/" not in again
    assert "Autumn" in again
    assert "0 of 3 used" in again
    link = InvitationLink.objects.get()
    assert timedelta(days=6) < link.expires_at - now() < timedelta(days=8)
    client.post(f"/circles/makers/links/{link.pk}/revoke/")
    assert "Taken back" in client.get("/circles/makers/links/").text
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "nonsense", [{"most_uses": "0"}, {"most_uses": "101"}, {"days": "1000"}, {"address": "x"}]
)
def test_a_link_is_made_within_limits_and_nothing_written_is_lost(client, makers, ada, nonsense):
    client.force_login(ada)
    said = {"most_uses": "1", "days": "7", "note": "Autumn"} | nonsense
    answer = client.post("/circles/makers/links/", said)
    assert (answer.status_code, "Autumn" in answer.text) == (422, True)
    assert not InvitationLink.objects.exists()


def test_an_organisers_links_are_their_own(client, makers, ada, ben, chi):
    makers.memberships.filter(person=chi).update(role="organiser")
    link, _token = links.make(makers, by=ada, note="For my neighbour")
    with pytest.raises(PermissionDenied):
        links.revoke(link, by=chi)
    with pytest.raises(PermissionDenied):
        links.make(makers, by=ben)
    client.force_login(chi)
    assert "For my neighbour" not in client.get("/circles/makers/links/").text
    assert client.post(f"/circles/makers/links/{link.pk}/revoke/").status_code == 404


def test_a_waiting_application_is_answered_by_an_invitation(makers, dot, ada, state):
    applied = applying.apply(makers, dot)
    link, _token = links.make(makers, by=ada)
    links.follow(link, dot)
    assert state(makers, dot) == "active"
    assert applied.applications.get().outcome == "accepted"


def test_the_database_counts_no_use_too_many(forum, ada):
    links.make(forum, by=ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationLink.objects.update(used_count=2)


def test_only_who_may_invite_has_links(makers, ada, ben):
    assert [may(Power.INVITE, "active", role) for role in ("member", "host", "organiser")] == [
        False,
        False,
        True,
    ]
    with pytest.raises(PermissionDenied):
        inviting.ask_again(makers.memberships.get(person=ben), by=ben)
