"""The page says in which place it is: in the bar at the top, and in the one on the phone."""

import re

import pytest

pytestmark = pytest.mark.django_db
CURRENT = re.compile(r'<a [^>]*href="([^"]+)"[^>]* aria-current="page"')


def marked(client, path: str) -> list[str]:
    text = client.get(path).text
    bars = re.findall(r'<nav class="(?:nav|tab-bar)".*?</nav>', text, re.DOTALL)
    assert len(bars) == 2
    return [place for bar in bars for place in CURRENT.findall(bar)]


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("/", ["/", "/"]),
        ("/gatherings/", ["/gatherings/", "/gatherings/"]),
        ("/circles/makers/members/", ["/circles/", "/circles/"]),
        ("/people/", ["/connections/", "/connections/"]),
        # The address holds the name of another place as well.
        ("/me/as-others-see-me/circles/", ["/me/", "/me/"]),
        # On a phone they stand at the top.
        ("/stories/", ["/stories/"]),
        ("/search/", ["/search/"]),
    ],
)
def test_the_place_one_is_in_is_marked_and_no_other(client, makers, ada, path, places):
    client.force_login(ada)
    assert marked(client, path) == places


@pytest.mark.parametrize("path", ["/gatherings/", "/circles/", "/stories/", "/sign-in/"])
def test_it_is_for_visitors_too(client, makers, path):
    assert marked(client, path) == [path, path]
