"""Writing to everybody: a host's own words to those who come, or stand in line, one mail to each.

To many people it is mass mail, with its number to type and its daily cap for the circle. The same words
are never mailed twice to the same person: a second tap, or a second try, reaches only who is new.
"""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerhood import journal
from peerhood.gatherings.coming import seats
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.notices import bounces, mass_mail, sending
from peerhood.notices.choices import Group
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

KIND = "gatherings/words"
LONGEST = 4000


class To(TextChoices):
    COMING = "coming", gettext_lazy("Those who come")
    IN_LINE = "line", gettext_lazy("Those in line")
    BOTH = "both", gettext_lazy("Both")


@dataclass(frozen=True)
class Readers:
    people: list[Person]
    # They come or wait, and no mail reaches them; why is theirs to know.
    not_reached: list[Person]


def readers_of(gathering: Gathering, to: str, *, words: str = "") -> Readers:
    """Who would be written to now; with words, without those who have had these already. Three queries."""
    answers = gathering.rsvps.select_related("person").order_by("person__name", "pk")
    chosen = {
        To.COMING: answers.going(),
        To.IN_LINE: answers.waiting() | answers.offered(),
        To.BOTH: answers.held(),
    }[To(to)]
    wanting = chosen.exclude(person__unwanted__group=Group.HOSTS).exclude(person__email=None)
    people = [answer.person for answer in wanting.filter(person__erased_at=None)]
    if words:
        begin = _key(gathering, words)
        had = set(Mail.objects.filter(key__startswith=begin).values_list("key", flat=True))
        people = [person for person in people if f"{begin}{person.pk}" not in had]
    dead = bounces.dead_among(person.email for person in people)
    reached = [person for person in people if (person.email or "").lower() not in dead]
    return Readers(reached, [person for person in people if person not in reached])


@transaction.atomic
def write(gathering: Gathering, words: str, *, to: str, typed: int | None, by: Person) -> int:
    """Mail these words to each of them. Returns to how many; none when all have had them.

    Raises:
        mass_mail.NotConfirmed: there are many, and another number was typed in.
    """
    gathering = seats.lock(gathering)
    check(gathering, by)
    words = tidy(words)
    if not words or len(words) > LONGEST:
        raise Refusal(_("Write something first, and no more than fits on two pages."))
    people = readers_of(gathering, to, words=words).people
    if not people:
        return 0
    mass_mail.spend(sender_of(gathering), len(people), typed=typed)
    for person in people:
        key = f"{_key(gathering, words)}{person.pk}"
        sending.send(person, KIND, key=key, gathering=gathering, words=words, by=by)
    journal.record("gathering.written_to", gathering, by=by, to=to, readers_count=len(people))
    return len(people)


def check(gathering: Gathering, by: Person) -> None:
    """May they write to everybody now?"""
    if not can_host(by, gathering):
        raise PermissionDenied
    if not gathering.is_announced():
        raise Refusal(_("It is not announced, so nobody has answered yet."))
    if gathering.is_over():
        raise Refusal(_("This gathering has taken place. A thank-you goes out by itself."))


def sender_of(gathering: Gathering) -> str:
    """For whom the day's mails are counted."""
    return f"circle/{gathering.circle_id}"


def shown_to(person: Person, gathering: Gathering, words: str) -> tuple[str, str, str]:
    """Subject, text and HTML of the mail, as this person would get it from themselves."""
    return sending.preview(person, KIND, gathering=gathering, words=words, by=person)


def tidy(words: str) -> str:
    """As a browser sends them, with the line breaks of a mail.

    >>> tidy(" Hello\\r\\nthere ")
    'Hello\\nthere'
    """
    return words.replace("\r\n", "\n").strip()


def _key(gathering: Gathering, words: str) -> str:
    digest = hashlib.blake2b(words.encode(), digest_size=12).hexdigest()
    return f"{KIND}/{gathering.pk}/{digest}/"
