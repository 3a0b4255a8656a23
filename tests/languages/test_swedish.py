"""Swedish is complete: whatever the code says, it says in Swedish too."""

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po

from tests.languages.source import PEERHOOD, texts

FILE = PEERHOOD / "locale/sv/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")


@pytest.fixture(scope="module")
def catalogue():
    with FILE.open("rb") as file:
        return read_po(file, locale="sv", abort_invalid=True)


@pytest.fixture(scope="module")
def messages(catalogue):
    return [message for message in catalogue if message.id]


def both_sides(message) -> list[tuple[str, str]]:
    """The English and the Swedish text; of a plural, those of one and those of many."""
    if message.pluralizable:
        return list(zip(message.id, message.string, strict=True))
    return [(message.id, message.string)]


def wrong(messages, rule) -> list[tuple[str, str]]:
    return [pair for message in messages for pair in both_sides(message) if not rule(message, *pair)]


def test_whatever_the_code_says_is_in_the_catalogue(messages):
    known = {(m.context, m.id[0] if m.pluralizable else m.id) for m in messages}
    assert {key: place for key, place in texts().items() if key not in known} == {}


def test_nothing_else_is_in_the_catalogue(messages):
    known = {(m.context, m.id[0] if m.pluralizable else m.id) for m in messages}
    assert sorted(text for _context, text in known - texts().keys()) == []


def test_every_text_has_a_swedish_one(messages):
    assert wrong(messages, lambda _message, _english, swedish: swedish.strip()) == []


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("Yours", {"circles": "Dina", "what you wrote": "Ditt"}),
        ("Places", {None: "Platser", "where to go": "Sidor"}),
        ("Held", {"gathering": "Har varit", "theme": "Har tagits upp", "comment": "Väntar"}),
        ("People", {None: "Personer", "whom you keep": "Kontakter"}),
    ],
)
def test_an_english_word_of_two_meanings_is_two_swedish_words(messages, english, swedish):
    assert {message.context: message.string for message in messages if message.id == english} == swedish


def test_no_text_is_fuzzy(catalogue, messages):
    assert (catalogue.fuzzy, [message.id for message in messages if message.fuzzy]) == (False, [])


def test_gettext_can_read_every_text(catalogue, messages):
    assert [error for message in messages for error in message.check(catalogue)] == []


def test_placeholders_are_the_same_on_both_sides(messages):
    def rule(message, english, swedish):
        here, there = (Counter(PLACEHOLDER.findall(side)) for side in (swedish, english))
        # Of one thing the number may go into words: "En kontaktperson".
        return here == there or (message.pluralizable and english == message.id[0] and here < there)

    assert wrong(messages, rule) == []


def test_tags_are_the_same_on_both_sides(messages):
    def rule(_message, english, swedish):
        return Counter(TAG.findall(english)) == Counter(TAG.findall(swedish))

    assert wrong(messages, rule) == []


def test_space_around_a_text_is_the_same_on_both_sides(messages):
    def rule(_message, english, swedish):
        return re.findall(r"^\s*|\s*$", english) == re.findall(r"^\s*|\s*$", swedish)

    assert wrong(messages, rule) == []


def test_nobody_shouts(messages):
    assert wrong(messages, lambda _message, english, swedish: "!" not in english + swedish) == []


def test_the_catalogue_names_no_place_in_the_code():
    assert re.findall(r"^#:.*", FILE.read_text(), re.MULTILINE) == []
