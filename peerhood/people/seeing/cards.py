"""Cards: what one person may see of another, and nothing else.

Pages and lists show a card, never a person, so that no template can show a field that its
owner did not open to whoever looks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from babel import Locale
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import get_language

from peerhood.packs import Pack
from peerhood.people.models import Person
from peerhood.people.seeing.visibility import Level


@dataclass(frozen=True)
class Link:
    url: str
    words: str


@dataclass(frozen=True)
class Card:
    """A person as seen from one distance; a field that is not shown, or not said, is empty."""

    pk: int
    name: str
    photo: str = ""
    small_photo: str = ""
    work: str = ""
    job: str = ""
    town: str = ""
    ask_me_about: str = ""
    would_learn: str = ""
    could_talk: str = ""
    languages: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    # The pack's questions and this person's answers, in words.
    answers: list[tuple[str, str]] = field(default_factory=list)

    def is_bare(self) -> bool:
        """Nothing but a name."""
        return self == Card(self.pk, self.name)


def nearness_of(viewer: Person | AnonymousUser, person: Person) -> Level:
    """How near somebody who looks is: themselves, of the same circle, signed in, or anybody."""
    if not isinstance(viewer, Person):
        return Level.PUBLIC
    if viewer.pk == person.pk:
        return Level.ME
    shares = Person.objects.sharing_a_circle_with(viewer).filter(pk=person.pk).exists()
    return Level.CIRCLES if shares else Level.MEMBERS


def card_of(person: Person, nearness: Level, *, pack: Pack, language: str) -> Card | None:
    """The card as somebody this near sees it; nothing when even the name is not for them."""
    if not person.shows("name", nearness):
        return None

    def shown(name: str, value: str) -> str:
        return value if value and person.shows(name, nearness) else ""

    job = person.current_affiliation() if person.shows("job", nearness) else None
    return Card(
        pk=person.pk,
        name=str(person),
        photo=shown("photo", photo_url(person, "large")),
        small_photo=shown("photo", photo_url(person, "small")),
        work=shown("work", person.work),
        job=str(job or ""),
        town=shown("town", person.town),
        ask_me_about=shown("ask_me_about", person.ask_me_about),
        would_learn=shown("would_learn", person.would_learn),
        could_talk=shown("could_talk", person.could_talk),
        languages=[language_name(code) for code in person.languages if person.shows("languages", nearness)],
        links=[Link(url, _words(url)) for url in person.web_links if person.shows("links", nearness)],
        answers=list(_answers(person, nearness, pack, language)),
    )


def photo_url(person: Person, size: str) -> str:
    """The address of the photo, ``small`` or ``large``; empty when there is none."""
    return reverse("people:photo", args=[person.pk, person.photo_digest, size]) if person.photo_digest else ""


def _answers(person: Person, nearness: Level, pack: Pack, language: str) -> Iterator[tuple[str, str]]:
    for key in pack.fields:
        if person.shows(f"profile.{key}", nearness):
            given = [pack.answer(key, value, language) for value in answers_to(person, key)]
            if words := ", ".join(filter(None, given)):
                yield pack.label(key, language), words


def answers_to(person: Person, key: str) -> list[str]:
    """What somebody answered to a question of the pack, as keys; a single answer is a list of one."""
    said = person.profile.get(key) or []
    return [str(value) for value in said] if isinstance(said, list) else [str(said)]


def language_name(code: str) -> str:
    """In the page's language; the code itself for a language we cannot name."""
    spoken_here = Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-").languages
    name = spoken_here.get(code, code)
    return name[:1].upper() + name[1:]


def _words(url: str) -> str:
    """
    >>> _words("https://www.example.org/in/ada/"), _words("https://example.org")
    ('example.org/in/ada', 'example.org')
    """
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
