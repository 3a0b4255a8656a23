"""Inviting: a gathering that is announced is told to the circle's members who have not answered it.

Each is written to once, whoever taps and how often. The link in the mail answers with one tap, either
way. Whoever pauses, comes to every one of the series, wants no such mails, or has nothing to do with
whoever sends it, is not written to: for them it stands in the list and on Today.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peerhood.gatherings import rsvp
from peerhood.gatherings.coming import links, messages
from peerhood.gatherings.models import Gathering, HostMessage, StandingRsvp
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal

INVITED = "gatherings/invited"
STEP = HostMessage.Step.INVITE


def invite(gathering: Gathering, *, by: Person, words: str | None = None, typed: int | None = None) -> int:
    """Write to those who have not answered; how many they are."""
    return messages.send(
        gathering,
        STEP,
        words,
        by=by,
        typed=typed,
        refuse=_refuse,
        write_to_all=lambda locked: _write(locked, by),
    )


def to_invite(gathering: Gathering, by: Person) -> list[Person]:
    """Whom a mail would reach now, by name."""
    return [person for _key, person in _keyed(gathering, by)]


def draft(gathering: Gathering, by: Person, words: str) -> tuple[str, str]:
    """Subject and text, as ``by`` would read them."""
    return sending.as_read_by(by, INVITED, **_about(gathering, by, words))


def why_not(gathering: Gathering) -> str:
    return messages.why_not(_refuse, gathering)


def _refuse(gathering: Gathering) -> None:
    if gathering.is_draft():
        raise Refusal(_("It is still a draft. Publish it, then invite."))
    rsvp.refuse_closed(gathering)


def _write(gathering: Gathering, by: Person) -> int:
    words = messages.words_of(gathering, STEP)
    return sum(
        sending.send(person, INVITED, key=key, **_about(gathering, person, words)) is not None
        for key, person in _keyed(gathering, by)
    )


def _about(gathering: Gathering, person: Person, words: str) -> dict[str, Any]:
    return {"gathering": gathering, "link": links.link_for(person, gathering), "words": words}


def _keyed(gathering: Gathering, by: Person) -> list[tuple[str, Person]]:
    begins = messages.keys_of(STEP, gathering)
    keys = {f"{begins}{person.pk}": person for person in _silent(gathering, by)}
    return messages.to_write_to(STEP, keys)


def _silent(gathering: Gathering, by: Person) -> QuerySet[Person]:
    """Active members who have not answered, and have something to do with ``by``."""
    members = gathering.circle.memberships.active().values("person")
    stands = StandingRsvp.objects.filter(series=gathering.series_id).values("person")
    silent = Person.objects.filter(pk__in=members, is_active=True)
    answered = gathering.rsvps.values("person")
    # One's series-wide yes is answered by itself a moment after it is published.
    silent = silent.exclude(pk__in=answered).exclude(pk__in=stands)
    hidden = silence.hidden_from(by)
    return silent.exclude(pk__in=hidden).order_by("name", "pk")
