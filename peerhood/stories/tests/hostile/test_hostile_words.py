"""X1 and X2: what somebody writes who means harm, in a real browser.

With the sanitiser it is words. With the sanitiser switched off, as if it had a bug, the page's policy
and ``hx-disable`` still stop it. With both off it harms: the corpus is alive.
"""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from markdown_it import MarkdownIt

from peerhood.design import markdown
from peerhood.stories.models import Comment

ORIGIN = "http://testserver"
LINES = Path(__file__).with_name("corpus.txt").read_text().splitlines()
CORPUS = [line.replace("\\n", "\n") for line in LINES if line and not line.startswith("#")]
ONLY_LEADS_AWAY = "nav "
PAGE = "/stories/what-we-ate/"
# Everything a person might do to what stands there.
TOUCH = """() => {
  for (const each of document.querySelectorAll(".told *")) {
    for (const name of ["mouseover", "focus", "mouseenter", "toggle", "animationstart"])
      each.dispatchEvent(new Event(name, { bubbles: true }));
    const leads = each.closest("a, area")?.getAttribute("href") || "";
    if (each.matches("form")) { try { HTMLFormElement.prototype.requestSubmit.call(each) } catch {} }
    else if (!/^(https?:|mailto:|#|\\/)/.test(leads)) each.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}"""
ALIVE = """() => [...document.querySelectorAll(".told *")].flatMap(each => Array.from(
  Object.getOwnPropertyDescriptor(Element.prototype, "attributes").get.call(each)).filter(({ name, value }) =>
  /^(on|hx-|data-hx|style|src|srcset|srcdoc|action|formaction|ping|background|poster|id|name|class|target|data)/.test(name)
  || (name.endsWith("href") && !/^(https?:|mailto:)/.test(value))).map(({ name, value }) => `${each.tagName} ${name}=${value}`))"""
TAGS = """() => [...new Set([...document.querySelectorAll(".told *")].map(each => each.tagName.toLowerCase()))]"""


@pytest.fixture(autouse=True)
def beside_a_browser(monkeypatch):
    """The browser's own loop runs in this thread; nothing here is asynchronous but it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def hostile(told, ben):
    """Every vector as a comment of its own, and all of them as the story's text."""

    def fill(corpus):
        told.text = "\n\n".join(corpus)
        told.save()
        Comment.objects.bulk_create(
            Comment(story=told, author=ben, text=each, language="en") for each in corpus[:30]
        )
        Comment.objects.bulk_create(
            Comment(story=told, author=ben, text="\n\n".join(corpus[n : n + 10]), language="en", depth=1,
                    parent=told.comments.first())
            for n in range(30, len(corpus), 10)
        )  # fmt: skip

    return fill


@pytest.fixture
def look(browser, as_, chi):
    """As a member, whose pages have htmx: open the page, touch everything: what rang, what was asked of whom, and the page itself."""
    contexts = []

    def open_page(*, policy=True, listens=False):
        response = as_(chi).get(PAGE)
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
            if asked.path == PAGE and route.request.method == "GET":
                return route.fulfill(status=200, body=body, headers=headers)
            is_static = asked.path.startswith("/static/")
            if is_static and (file := finders.find(asked.path.removeprefix("/static/"))):
                kind = mimetypes.guess_type(asked.path)[0]
                return route.fulfill(status=200, body=Path(file).read_bytes(), content_type=kind)
            return route.fulfill(status=204)

        page.route("**/*", answer)
        page.on("dialog", lambda dialog: (rang.append(dialog.message), dialog.dismiss()))
        page.goto(PAGE)
        page.wait_for_timeout(300)
        page.evaluate(TOUCH)
        page.wait_for_timeout(700)
        return page, rang, elsewhere, by_htmx

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sanitiser_off(monkeypatch):
    def as_it_comes(text, pictures=()):
        return MarkdownIt("commonmark", {"html": True}).enable(["table"]).render(text)

    monkeypatch.setattr(markdown, "rendered", as_it_comes)


def harmless():
    return [each for each in CORPUS if not each.startswith(ONLY_LEADS_AWAY)]


def test_the_corpus_is_large_enough():
    assert len(set(CORPUS)) >= 40


@pytest.mark.browser
def test_what_somebody_writes_who_means_harm_is_words(hostile, look):
    hostile([each.removeprefix(ONLY_LEADS_AWAY) for each in CORPUS])
    page, rang, elsewhere, by_htmx = look()
    assert (rang, elsewhere, by_htmx) == ([], [], [])
    assert page.evaluate(ALIVE) == []
    assert set(page.evaluate(TAGS)) <= markdown.TAGS
    assert "evil.example" in page.locator(".told").first.inner_text()


@pytest.mark.browser
def test_with_the_sanitiser_off_the_policy_stops_it(hostile, look, sanitiser_off):
    hostile(harmless())
    page, rang, elsewhere, by_htmx = look()
    assert page.evaluate(ALIVE) != []
    assert (rang, elsewhere, by_htmx) == ([], [], [])


@pytest.mark.browser
def test_control_with_both_off_it_harms(hostile, look, sanitiser_off):
    hostile(harmless())
    _page, rang, elsewhere, _by_htmx = look(policy=False)
    assert rang != []
    assert elsewhere != []


@pytest.mark.browser
def test_control_without_hx_disable_htmx_listens_to_what_is_written(hostile, look, sanitiser_off):
    hostile(['<div hx-get="/me/" hx-trigger="load">x</div>'])
    assert look(listens=True)[3] != []
