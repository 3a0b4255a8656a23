"""A face: the language and the colours that everybody on a journey sees, and what the site says in them."""

import re
from dataclasses import dataclass

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from peerhood.rooms.formats.shipped import shipped

# Words that no Swedish sentence has, and hardly an English one does without.
ENGLISH = re.compile(r"\b(the|you|your|with|what|which|who|this|that|it)\b", re.IGNORECASE)
# What is read out is as much of the page as what is seen.
SAID = """() => [document.querySelector("main").innerText, document.title,
  ...[...document.querySelectorAll("main [aria-label]")].map(it => it.ariaLabel)].join("\\n")"""


@dataclass(frozen=True)
class Face:
    language: str
    scheme: str

    def says(self, words: str, **facts: object) -> str:
        """What the site says for these words of ours, in this face's language; in Swedish it has to be Swedish."""
        with translation.override(self.language):
            said = translation.gettext(words)
        assert self.language == "en" or said != words, f"not translated: {words}"
        return said % facts if facts else said

    def says_of(self, count: int, one: str, many: str) -> str:
        """The same, for so many."""
        with translation.override(self.language):
            said = translation.ngettext(one, many, count)
        assert self.language == "en" or said not in {one, many}, f"not translated: {many}"
        return said % {"n": count, "count": count}

    def either(self, english: str, swedish: str) -> str:
        """What people wrote themselves."""
        return english if self.language == "en" else swedish

    def titles(self, key: str) -> list[str]:
        """The steps of a format as it ships in this language, in their order."""
        return [step.title for part in shipped(key, self.language).parts for step in part.steps]

    def foreign_words_on(self, page: Page) -> list[str]:
        """English words where Swedish is spoken. On an English page there are some, or nothing was looked at."""
        english = ENGLISH.findall(page.evaluate(SAID))
        assert english or self.language != "en", f"no English on {page.url}"
        return english if self.language != "en" else []


def reads(page: Page, title: str) -> None:
    """The page has come to what has this title."""
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()


def holds(where: Locator, words: str) -> None:
    """What is said there has these words in it."""
    expect(where).to_contain_text(words)
