"""Ada has a job, links and a town, and holds out her card; others scan it."""

from urllib.parse import urlsplit

import pytest

from peerhood.connections.cards import holding_out, leaving
from peerhood.people import affiliations

ALL = ("work", "title", "employer", "email", "town", "ask_me_about", "links")


@pytest.fixture
def ada_in_full(ada):
    """A word of its own for each field, and none of them opened to anybody but herself."""
    ada.work, ada.town, ada.ask_me_about = "Turns pots", "Örebro", "glazes; clay, and kilns"
    ada.links = ["https://pots.example/ada?a=1,2", "javascript:alert(1)"]
    ada.visibility = dict.fromkeys(("name", "work", "job", "town", "ask_me_about", "links"), "me")
    ada.save()
    affiliations.add(ada, "Kilnworks", title="Head of Kilns")
    return type(ada).objects.get(pk=ada.pk)


@pytest.fixture
def hand_out():
    """``hand_out(ada, "email")``: her card for the phone, with these fields."""

    def make(owner, *shows, kind="phone"):
        return holding_out.choose(owner, kind, shows)

    return make


@pytest.fixture
def scan():
    """``scan(ben, card)``: Ben leaves his, with his address on it."""

    def leave(leaver, card, *shows):
        return leaving.leave(card, leaver, shows or ("email",))

    return leave


def path_of(card) -> str:
    return urlsplit(holding_out.address_of(card)).path
