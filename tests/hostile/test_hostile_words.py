"""X1 and X2: what somebody writes who means harm, in a real browser, wherever somebody may write.

Markdown: with the sanitiser it is words. With the sanitiser switched off, as if it had a bug, the page's policy
and ``hx-disable`` still stop it. With both off it harms: the corpus is alive. Words: likewise, with escaping
in the sanitiser's place.
"""

from pathlib import Path

import pytest
from django.template import engines
from markdown_it import MarkdownIt

from peerhood.design import markdown
from tests.hostile import places

LINES = Path(__file__).with_name("corpus.txt").read_text().splitlines()
CORPUS = [line.replace("\\n", "\n") for line in LINES if line and not line.startswith("#")]
ONLY_LEADS_AWAY = "nav "
HARMLESS_WITHOUT_A_SANITISER = [each for each in CORPUS if not each.startswith(ONLY_LEADS_AWAY)]
WHOLE = [each.removeprefix(ONLY_LEADS_AWAY) for each in CORPUS]
ALIVE = """() => [...document.querySelectorAll(".told *")].flatMap(each => Array.from(
  Object.getOwnPropertyDescriptor(Element.prototype, "attributes").get.call(each)).filter(({ name, value }) =>
  /^(on|hx-|data-hx|style|src|srcset|srcdoc|action|formaction|ping|background|poster|id|name|class|target|data)/.test(name)
  || (name.endsWith("href") && !/^(https?:|mailto:)/.test(value))).map(({ name, value }) => `${each.tagName} ${name}=${value}`))"""
TAGS = """() => [...new Set([...document.querySelectorAll(".told *")].map(each => each.tagName.toLowerCase()))]"""
# On these pages there are forms of our own, which nobody here sends.
OUTSIDE_FORMS = "main :not(form, form *)"

in_markdown = pytest.mark.parametrize("place", places.IN_MARKDOWN, ids=lambda place: place.__name__)
in_words = pytest.mark.parametrize("place", places.IN_WORDS, ids=lambda place: place.__name__)


@pytest.fixture
def hostile(makers, ben, chi):
    """Ben means harm, and Chi will read it: ``hostile(places.story, corpus)`` is the path of it."""
    return lambda place, corpus: place(makers, ben, chi, corpus)


@pytest.fixture
def sanitiser_off(monkeypatch):
    def as_it_comes(text, pictures=()):
        return MarkdownIt("commonmark", {"html": True}).enable(["table"]).render(text)

    monkeypatch.setattr(markdown, "rendered", as_it_comes)


@pytest.fixture
def escaping_off(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)


def test_the_corpus_is_large_enough():
    assert len(set(CORPUS)) >= 40


@in_markdown
@pytest.mark.browser
def test_what_somebody_writes_who_means_harm_is_words(hostile, look, place):
    page, rang, elsewhere, by_htmx = look(hostile(place, WHOLE))
    assert (rang, elsewhere, by_htmx) == ([], [], [])
    assert page.evaluate(ALIVE) == []
    assert set(page.evaluate(TAGS)) <= markdown.TAGS
    assert "evil.example" in page.locator(".told").first.inner_text()


@in_markdown
@pytest.mark.browser
def test_with_the_sanitiser_off_the_policy_stops_it(hostile, look, sanitiser_off, place):
    page, rang, elsewhere, by_htmx = look(hostile(place, HARMLESS_WITHOUT_A_SANITISER))
    assert page.evaluate(ALIVE) != []
    assert (rang, elsewhere, by_htmx) == ([], [], [])


@in_markdown
@pytest.mark.browser
def test_control_with_both_off_it_harms(hostile, look, sanitiser_off, place):
    _page, rang, elsewhere, _by_htmx = look(hostile(place, HARMLESS_WITHOUT_A_SANITISER), policy=False)
    assert rang != []
    assert elsewhere != []


@in_markdown
@pytest.mark.browser
def test_control_without_hx_disable_htmx_listens_to_what_is_written(hostile, look, sanitiser_off, place):
    asking = ['<div hx-get="/me/" hx-trigger="load">x</div>', "x"]
    assert look(hostile(place, asking), listens=True)[3] != []


@in_words
@pytest.mark.browser
def test_words_stay_words(hostile, look, place):
    page, rang, elsewhere, by_htmx = look(hostile(place, WHOLE), OUTSIDE_FORMS)
    assert (rang, elsewhere, by_htmx) == ([], [], [])
    assert page.locator("main [onload], main [onerror], main [hx-get], main [href^=javascript]").count() == 0
    assert "<script src=" in page.locator("main").inner_text()


@in_words
@pytest.mark.browser
def test_control_without_escaping_and_policy_they_harm(hostile, look, escaping_off, place):
    path = hostile(place, HARMLESS_WITHOUT_A_SANITISER)
    _page, rang, elsewhere, _by_htmx = look(path, OUTSIDE_FORMS, policy=False)
    assert rang != []
    assert elsewhere != []
