"""Journeys through a quarter: a server in this process, so that its clock can be moved, and the tests' own queries beside it."""

import pytest
from django.db import connections

from tests.journeys.counting import Host


@pytest.fixture(scope="module")
def beside_the_browser(browser):
    """The browser keeps an event loop in this thread; the tests' own queries are sync all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
        # Inside the event loop Django keeps connections of its own; left open, they outlive the test database.
        connections.close_all()


@pytest.fixture
def phone(browser, beside_the_browser, live_server, settings):
    """A phone of somebody's, without scripts: ``phone(ada)``, or ``phone()`` of whoever has only their mails."""
    settings.SITE_URL = live_server.url
    contexts = []

    def take(person=None) -> Host:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="en-GB", is_mobile=True, java_script_enabled=False
        )
        contexts.append(context)
        host = Host(context, context.new_page(), live_server.url, person)
        host.signs_in()
        return host

    yield take
    for context in contexts:
        context.close()
