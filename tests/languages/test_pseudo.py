"""The make-believe English is long enough to be a trial, and breaks nothing but layouts."""

from collections import Counter

import pytest
from django.utils.translation import gettext, ngettext, override

from tests.languages import pseudo


@pytest.fixture(scope="module")
def pairs():
    return [
        pair
        for message in pseudo.catalogue()
        if message.id
        for pair in (
            zip(message.id, message.string, strict=True)
            if message.pluralizable
            else [(message.id, message.string)]
        )
    ]


def test_every_text_is_at_least_two_fifths_longer(pairs):
    assert [text for text, longer in pairs if len(longer) < 1.4 * len(text)] == []


def test_no_text_grows_to_twice_its_length_and_a_word(pairs):
    assert [text for text, longer in pairs if len(longer) > 2 * len(text) + 6] == []


def test_placeholders_and_tags_are_kept(pairs):
    def kept(text):
        return Counter(pseudo.KEPT.findall(text))

    assert [text for text, longer in pairs if kept(text) != kept(longer)] == []


def test_a_server_with_this_folder_speaks_it(tmp_path, settings):
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]
    with override("en"):
        said = (gettext("Will you come?"), ngettext("%(n)s row", "%(n)s rows", 2) % {"n": 2})
    assert said == ("Wíll ýóú cómé? ón tvö", "2 róws ón tvö")
