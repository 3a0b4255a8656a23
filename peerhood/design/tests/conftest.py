"""A browser whose every request Django answers directly: no port, no server, no network."""

import mimetypes
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

ORIGIN = "http://testserver"


@pytest.fixture
def opened(browser):
    """Open a page as a visitor: ``opened("/design/", width=390)``; extra options go to the browser."""
    contexts = []

    def open_page(address, width=1280, height=844, **options):
        context = browser.new_context(
            base_url=ORIGIN, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", answer)
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def answer(route):
    asked = urlsplit(route.request.url)
    if f"{asked.scheme}://{asked.netloc}" != ORIGIN:
        route.abort()
    elif asked.path.startswith("/static/"):
        file = finders.find(asked.path.removeprefix("/static/"))
        kind = mimetypes.guess_type(asked.path)[0]
        route.fulfill(status=200, body=Path(file).read_bytes(), content_type=kind) if file else route.abort()
    else:
        language = route.request.headers.get("accept-language", "en")
        # The browser's own loop runs in this thread, and Django will not answer beside one.
        with ThreadPoolExecutor(1) as thread:
            address = f"{asked.path}?{asked.query}"
            response = thread.submit(Client().get, address, headers={"Accept-Language": language}).result()
        route.fulfill(status=response.status_code, body=response.content, headers=dict(response.items()))
