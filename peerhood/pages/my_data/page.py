"""What the page of one's own data shows, in a fixed number of questions to the database."""

from collections import Counter
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from peerhood.gatherings.calendars import feeds
from peerhood.gatherings.models import CalendarFeed
from peerhood.notices import choices
from peerhood.people import devices
from peerhood.people.models import Device, Export, Person
from peerhood.people.own_data import asking
from peerhood.people.seeing.visibility import FIELDS, Level, level_of


@dataclass(frozen=True)
class MyData:
    devices: list[Device]
    addresses: list[EmailAddress]
    passkey_count: int
    feed: CalendarFeed | None
    # From the widest on: who sees it, and how many of my answers.
    seen_by: list[tuple[Level, int]]
    mails: list[tuple[str, str, bool]]
    export: Export | None


def my_data_of(person: Person) -> MyData:
    unwanted = choices.unwanted_by(person)
    return MyData(
        devices=list(devices.devices_of(person)),
        addresses=list(EmailAddress.objects.filter(user=person).order_by("-primary", "email")),
        passkey_count=Authenticator.objects.filter(user=person).count(),
        feed=feeds.feed_of(person),
        seen_by=_seen_by(person),
        mails=[(group.value, str(group.label), group.value not in unwanted) for group in choices.Group],
        export=asking.kept().filter(person=person).first(),
    )


def _seen_by(person: Person) -> list[tuple[Level, int]]:
    """How many answers are open to whom; what was not said is seen by nobody and not counted."""
    said = [field for field in FIELDS if field in ("name", "job") or _is_said(person, field)]
    said += [f"profile.{key}" for key, answer in person.profile.items() if answer]
    counts = Counter(level_of(person.visibility, field) for field in said)
    return [(level, counts[level]) for level in reversed(Level) if counts[level]]


def _is_said(person: Person, field: str) -> bool:
    return bool(getattr(person, "photo_digest" if field == "photo" else field))
