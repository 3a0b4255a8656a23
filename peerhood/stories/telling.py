"""Telling: what may be passed on of a story, and in which words."""

from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator

from peerhood.design import markdown
from peerhood.gatherings.being_found.telling import LINKEDIN, Sharing
from peerhood.stories.models import Story

DESCRIPTION_LENGTH = 200


@dataclass(frozen=True)
class Preview:
    """What the head of a story's page says to whoever shows a link to it."""

    address: str
    canonical: str
    description: str
    card: str


def address_of(story: Story) -> str:
    return f"{settings.SITE_URL}{story.get_absolute_url()}"


def previewed(story: Story) -> Preview | None:
    """What a link to it shows; None where a link says nothing."""
    if not story.is_previewed():
        return None
    # Another version is another picture: whoever has fetched one keeps it.
    card = f"{settings.SITE_URL}{reverse('stories:card', args=[story.slug])}?v={story.version}"
    address = address_of(story)
    return Preview(address, story.canonical_url or address, described(story), card)


def sharing_of(story: Story) -> Sharing | None:
    """Links to pass it on; None where it is not passed on."""
    if not story.may_be_passed_on():
        return None
    address = address_of(story)
    letter = {"subject": story.title, "body": f"{story.title}\n{address}"}
    return Sharing(
        address,
        on_linkedin=f"{LINKEDIN}?{urlencode({'url': address})}",
        by_mail=f"mailto:?{urlencode(letter, quote_via=quote)}",
    )


def described(story: Story) -> str:
    """Its teaser, or how it begins."""
    plain = story.teaser or unescape(strip_tags(markdown.rendered(story.text)))
    return Truncator(" ".join(plain.split())).chars(DESCRIPTION_LENGTH)
