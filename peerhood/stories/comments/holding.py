"""Holding: is this spam? Asked here, of the text alone, and of no service elsewhere.

Four locks, each weak by itself: a field that people do not see and programs fill in; links; the same
words once more; and how much one writer, one network address and one story take in an hour. What
is surely spam is dropped, and whoever sent it is answered like everybody; what may be waits for a
moderator.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.stories.models import Comment, Story

LINK = re.compile(r"https?://|www\.|\[url|<a\s|\]\(", re.IGNORECASE)
# A guest needs none to say something; a member may show three places.
LINKS_OF_A_GUEST, LINKS_OF_A_MEMBER = 1, 3
# Whatever has this many is an advertisement.
LINKS_OF_A_FLOOD = 8
AN_HOUR = timedelta(hours=1)
MOST_OF_A_PERSON = 20
MOST_OF_AN_ADDRESS = 5
# A queue longer than that is read by nobody.
MOST_HELD = 50


class Verdict(StrEnum):
    SHOW = "show"
    HOLD = "hold"
    DROP = "drop"


@dataclass(frozen=True)
class Said:
    """What came in; ``honey`` is the field that people do not see."""

    text: str
    name: str = ""
    is_at_once: bool = False
    honey: str = ""


def weigh(said: Said, lately: list[str]) -> Verdict:
    """What to do with it, beside the texts of the last hour.

    >>> str(weigh(Said("Thank you."), []))
    'hold'
    >>> str(weigh(Said("Thank you.", is_at_once=True), []))
    'show'
    """
    links_count = len(LINK.findall(f"{said.name} {said.text}"))
    if said.honey or links_count >= LINKS_OF_A_FLOOD:
        return Verdict.DROP
    if not said.is_at_once and (
        links_count > LINKS_OF_A_GUEST or LINK.search(said.name) or _plain(said.text) in map(_plain, lately)
    ):
        return Verdict.DROP
    if said.is_at_once and links_count <= LINKS_OF_A_MEMBER:
        return Verdict.SHOW
    return Verdict.HOLD


def _plain(text: str) -> str:
    """Without what a program changes from one copy to the next."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text)).casefold()


def texts_lately(story: Story) -> list[str]:
    """Of guests, on all stories of the circle."""
    lately = Comment.objects.filter(
        story__circle=story.circle_id, author=None, created_at__gt=now() - AN_HOUR
    )
    return list(lately.values_list("text", flat=True)[:200])


def refuse_flood(story: Story, *, by: Person | None, address: str = "") -> None:
    """So much of one writer, and so much that waits."""
    lately = Comment.objects.filter(created_at__gt=now() - AN_HOUR)
    if by is not None:
        if lately.filter(author=by).count() >= MOST_OF_A_PERSON:
            raise Refusal(_("That is a lot for one hour. Come back a little later."))
    elif lately.filter(guest_address=address).count() >= MOST_OF_AN_ADDRESS:
        raise Refusal(_("That is a lot for one hour. Come back a little later."))
    if story.comments.held().count() >= MOST_HELD:
        raise Refusal(_("Many comments wait to be read here. Come back when some of them have been."))
