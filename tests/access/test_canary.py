"""The name of a circle by invitation is found nowhere outside it: everybody else follows every link there is."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from peerhood.circles.models import Circle, Membership
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from tests.access import world
from tests.access.test_access import ROUTES, path_of
from tests.reading import said_in

pytestmark = pytest.mark.django_db
# Everybody who is not in the Forum, as they stand in the circle beside it.
ROLES = [
    "visitor",
    "newcomer",
    "outsider",
    "applicant",
    "removed",
    *Membership.Role.values,
    "operator",
]
# The demo's letters are everybody's, and the demo says so.
NOT_FOLLOWED = ("/static/", "/mail/")
LINK = re.compile(r"""(?:href|src|action|hx-get)=["']([^"'#]+)""")


@pytest.fixture
def worlds(makers, forum, ada, ben, chi, person):
    """Both circles in the middle of their evening; Ada and Ben are in the Forum, too."""
    built = world.build(makers, organiser=ada, host=chi, member=ben, newcomer=person("New Nilsson"))
    world.build(forum, organiser=ada, host=person("Hedda Host"), member=ben, newcomer=person("Nyla Nord"))
    return built


@pytest.fixture
def somebody(worlds, makers, ada, person):
    """Somebody new of each kind, never one of the Forum's."""

    def make(role: str) -> Person | None:
        if role == "visitor":
            return None
        one = person(f"{role.title()} Somebody")
        if role == "newcomer":
            one.welcomed_at = None
            one.save()
        elif role == "operator":
            one.is_staff = one.is_superuser = True
            one.save()
        elif role == "applicant":
            makers.memberships.create(person=one, state=Membership.State.APPLIED)
        elif role == "removed":
            makers.memberships.create(person=one, state=Membership.State.LEFT)
        elif role in Membership.Role.values:
            makers.memberships.create(person=one, role=role)
            worlds.gathering.rsvps.create(person=one, status="going")
            if role == "host":
                worlds.gathering.hosts.add(one)
        return one

    return make


def crawl(client: Client, starts: list[str], most: int = 1400) -> dict[str, str]:
    """Every page that links lead to from these, with its text; what streams is left out."""
    waiting, pages = list(dict.fromkeys(starts)), {}
    while waiting and len(pages) < most:
        path = waiting.pop(0)
        if path in pages:
            continue
        response = client.get(path, follow=False)
        if getattr(response, "streaming", False):
            pages[path] = ""
            continue
        pages[path] = f"{response.headers} {said_in(response)}"
        found = [urldefrag(link.replace("&amp;", "&"))[0] for link in LINK.findall(pages[path])]
        found += [response["Location"]] if response.has_header("Location") else []
        for link in found:
            parts = urlsplit(link)
            ours = parts.netloc in ("", "testserver") and parts.path.startswith("/")
            if ours and not parts.path.startswith(NOT_FOLLOWED):
                waiting.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    assert not waiting, f"more than {most} pages"
    return pages


@pytest.mark.parametrize("role", ROLES)
def test_the_forums_name_is_found_nowhere_outside(worlds, somebody, role):
    client, one = Client(), somebody(role)
    if one:
        client.force_login(one)
    own = [route for route in ROUTES if not route.startswith(("demo:", "design:"))]
    starts = [path_of(route, ROUTES[route], worlds) for route in own]
    # The beginning of its name, so that what was typed and is said back is not it.
    searched = [f"{reverse(route)}?q=gryn" for route in ("pages:search", "people:list")]
    pages = crawl(client, ["/", *starts, *searched])
    assert len(pages) > len(starts) // 2
    assert [path for path, text in pages.items() if world.CANARY in text] == []


def test_control_a_member_of_the_forum_finds_its_name(worlds, ben):
    client = Client()
    client.force_login(ben)
    assert [path for path, text in crawl(client, ["/"]).items() if world.CANARY in text]


def test_what_search_engines_are_told_does_not_know_it(worlds, forum):
    """Addresses that no link leads to, of both circles' gatherings: the map, the picture, and the page they are told of."""
    client, evening = Client(), forum.gatherings.get()
    assert f"/gatherings/{worlds.gathering.pk}/" in client.get("/sitemap.xml").text
    assert evening.get_absolute_url() not in client.get("/sitemap.xml").text
    assert client.get(f"{evening.get_absolute_url()}card.png").status_code == 404
    assert client.get(evening.get_absolute_url()).status_code == 404


def test_control_a_forum_that_opens_is_told_to_search_engines(worlds, forum):
    Circle.objects.filter(pk=forum.pk).update(kind=Circle.Kind.OPEN)
    client, evening = Client(), forum.gatherings.get()
    assert evening.get_absolute_url() in client.get("/sitemap.xml").text
    assert client.get(f"{evening.get_absolute_url()}card.png").status_code == 200
    assert world.CANARY in client.get(evening.get_absolute_url()).text.split("</head>")[0]


def test_control_what_is_printed_is_read_too(worlds, forum, ada):
    """A member's letter that names the circle has its name in the PDF, and the reading of this file finds it."""
    client = Client()
    client.force_login(ada)
    address = f"{forum.gatherings.get().get_absolute_url()}letter.pdf"
    typed = {"language": "en"}
    assert world.CANARY not in said_in(client.post(address, typed))
    assert world.CANARY in said_in(client.post(address, typed | {"names_circle": "on"}))


def test_control_a_forum_that_opens_is_found(worlds, forum, somebody):
    Circle.objects.filter(pk=forum.pk).update(kind=Circle.Kind.OPEN)
    assert [path for path, text in crawl(Client(), ["/"]).items() if world.CANARY in text]


def test_no_subject_and_no_mail_to_anybody_outside_names_it(worlds, forum, somebody):
    inside = set(forum.memberships.inside().values_list("person", flat=True))
    asked = set(forum.memberships.applied().values_list("person", flat=True))
    mails = list(Mail.objects.all())
    assert len(mails) > 5
    for mail in mails:
        assert world.CANARY not in mail.subject
        if mail.person_id not in inside | asked:
            assert world.CANARY not in mail.text + mail.html, (mail.kind, mail.address)
