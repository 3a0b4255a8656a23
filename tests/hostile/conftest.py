"""A real browser at a page of ours, with whatever it asks of whom."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

ORIGIN = "http://testserver"
# Everything a person might do to what stands there.
TOUCH = """what => {
  for (const each of document.querySelectorAll(what)) {
    for (const name of ["mouseover", "focus", "mouseenter", "toggle", "animationstart"])
      each.dispatchEvent(new Event(name, { bubbles: true }));
    const leads = each.closest("a, area")?.getAttribute("href") || "";
    if (each.matches("form")) { try { HTMLFormElement.prototype.requestSubmit.call(each) } catch {} }
    else if (!/^(https?:|mailto:|#|\\/)/.test(leads)) each.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture(autouse=True)
def beside_a_browser(monkeypatch):
    """The browser's own loop runs in this thread; nothing here is asynchronous but it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def look(browser, as_, chi):
    """As a member, whose pages have htmx: open a page and touch what somebody wrote.

    Gives back the page, what rang, what was asked of whom, and what htmx asked for.
    """
    contexts = []

    def open_page(path, written=".told *", *, policy=True, listens=False):
        response = as_(chi).get(path)
        assert response.status_code == 200
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        body = response.content.replace(b" hx-disable", b"") if listens else response.content
        if not policy:
            del headers["Content-Security-Policy"]
        context = browser.new_context(base_url=ORIGIN)
        contexts.append(context)
        page, rang, elsewhere, by_htmx = context.new_page(), [], [], []

        def answer(route):
            asked = urlsplit(route.request.url)
            if asked.scheme == "data":
                return route.continue_()
            if f"{asked.scheme}://{asked.netloc}" != ORIGIN:
                elsewhere.append(route.request.url)
                return route.abort()
            if route.request.headers.get("hx-request"):
                by_htmx.append(route.request.url)
            if asked.path == path and route.request.method == "GET":
                return route.fulfill(status=200, body=body, headers=headers)
            is_static = asked.path.startswith("/static/")
            if is_static and (file := finders.find(asked.path.removeprefix("/static/"))):
                kind = mimetypes.guess_type(asked.path)[0]
                return route.fulfill(status=200, body=Path(file).read_bytes(), content_type=kind)
            return route.fulfill(status=204)

        page.route("**/*", answer)
        page.on("dialog", lambda dialog: (rang.append(dialog.message), dialog.dismiss()))
        page.goto(path)
        page.wait_for_timeout(300)
        page.evaluate(TOUCH, written)
        page.wait_for_timeout(700)
        return page, rang, elsewhere, by_htmx

    yield open_page
    for context in contexts:
        context.close()
