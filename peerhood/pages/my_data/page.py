"""What the page of one's own data shows, in a fixed number of questions to the database."""

from collections import Counter
from dataclasses import dataclass
from datetime import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import CalendarFeed
from peerhood.notices import bounces, choices, quiet_hours
from peerhood.notices.models import FailingAddress
from peerhood.people import devices
from peerhood.people.models import Device, Export, Person
from peerhood.people.own_data import asking
from peerhood.people.seeing.visibility import FIELDS, Level, level_of


@dataclass(frozen=True)
class KindOfMail:
    """A kind of mail that one may do without, and how one has it."""

    value: str
    label: str
    about: str
    is_wanted: bool
    is_together: bool


@dataclass(frozen=True)
class MyData:
    devices: list[Device]
    addresses: list[EmailAddress]
    passkey_count: int
    feed: CalendarFeed | None
    # From the widest on: who sees it, and how many of my answers.
    seen_by: list[tuple[Level, int]]
    mails: list[KindOfMail]
    quiet_begins: time
    quiet_ends: time
    # My main address, when mails to it come back.
    failing: FailingAddress | None
    export: Export | None

    @property
    def has_quiet_hours(self) -> bool:
        return self.quiet_begins != self.quiet_ends


def my_data_of(person: Person) -> MyData:
    quiet_begins, quiet_ends = quiet_hours.hours_of(person)
    return MyData(
        devices=list(devices.devices_of(person)),
        addresses=list(EmailAddress.objects.filter(user=person).order_by("-primary", "email")),
        passkey_count=Authenticator.objects.filter(user=person).count(),
        feed=feeds.feed_of(person),
        seen_by=_seen_by(person),
        mails=_kinds_of_mail(person),
        quiet_begins=quiet_begins,
        quiet_ends=quiet_ends,
        failing=bounces.since(person.email),
        export=asking.kept().filter(person=person).first(),
    )


def _kinds_of_mail(person: Person) -> list[KindOfMail]:
    unwanted, together = choices.unwanted_by(person), choices.together_for(person)
    return [
        KindOfMail(
            value=group.value,
            label=str(group.label),
            about=str(choices.ABOUT[group]),
            is_wanted=group.value not in unwanted,
            is_together=group.value in together,
        )
        for group in choices.Group
    ]


def _seen_by(person: Person) -> list[tuple[Level, int]]:
    """How many answers are open to whom; what was not said is seen by nobody and not counted."""
    said = [field for field in FIELDS if field in ("name", "job") or _is_said(person, field)]
    said += [f"profile.{key}" for key, answer in person.profile.items() if answer]
    counts = Counter(level_of(person.visibility, field) for field in said)
    return [(level, counts[level]) for level in reversed(Level) if counts[level]]


def _is_said(person: Person, field: str) -> bool:
    return bool(getattr(person, "photo_digest" if field == "photo" else field))
