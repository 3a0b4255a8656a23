"""Choices: which mails somebody wants.

Codes, and answers to what somebody did, are always written. The others come in a handful of
groups, and each group can be turned off: on one's own page, or by the link in the mail itself,
which works without signing in and turns off that group and nothing else.
"""

from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from peerhood.notices.models import Unwanted
from peerhood.platform import presence

SALT = "peerhood.notices.choices"


class Group(TextChoices):
    INVITATIONS = "invitations", _("Invitations to circles")
    APPLICATIONS = "applications", _("Applications to answer")
    ASKED = "asked", _("What my circles ask of me: newcomers to welcome, a day to choose")
    CONNECTIONS = "connections", _("People who keep in touch with me")


# Each kind of mail that somebody may do without, by its template.
OPTIONAL = {
    "circles/invited": Group.INVITATIONS,
    "circles/applied": Group.APPLICATIONS,
    "circles/greet": Group.ASKED,
    "circles/greet_again": Group.ASKED,
    "circles/left": Group.ASKED,
    "gatherings/poll_opened": Group.ASKED,
    "gatherings/to_meet": Group.ASKED,
    "gatherings/nobody_meets": Group.ASKED,
    "connections/connected": Group.CONNECTIONS,
}
# Codes and news of one's own account; answers to what one did; and what becomes of a place one holds.
ALWAYS = {
    "people/login_code",
    "people/email_confirmation",
    "people/email_changed",
    "people/email_deleted",
    "people/webauthn_added",
    "people/webauthn_removed",
    "people/erased",
    "circles/accepted",
    "circles/declined",
    "circles/removed",
    "circles/greeting",
    "circles/reported",
    "circles/take_over",
    "circles/taken_over",
    "circles/not_taken_over",
    # Once, to somebody a planter shows a seed to; the others to whoever said yes to it or planted it.
    "circles/seed_invitation",
    "circles/seed_reminder",
    "circles/seed_sprouted",
    "circles/seed_ended",
    "circles/seed_ended_for_all",
    "gatherings/poll_settled",
    "gatherings/co_hosting_asked",
    "gatherings/co_hosting_agreed",
    "gatherings/co_hosting_declined",
    "gatherings/co_hosting_withdrawn",
    "gatherings/together_no_more",
    "gatherings/seated",
    "gatherings/waitlisted",
    "gatherings/who_meets_you",
    "gatherings/moved_up",
    "gatherings/changed",
    "gatherings/cancelled",
}


def wants(person: Any, kind: str) -> bool:
    """May this kind of mail be written to this person?"""
    group = OPTIONAL.get(kind)
    return group is None or not Unwanted.objects.filter(person=person, group=group).exists()


def unwanted_by(person: Any) -> set[str]:
    return set(Unwanted.objects.filter(person=person).values_list("group", flat=True))


@transaction.atomic
def choose(person: Any, wanted: set[str]) -> None:
    """Write these groups and no others from now on."""
    presence.hold(person)
    refused = set(Group.values) - wanted
    Unwanted.objects.filter(person=person).exclude(group__in=refused).delete()
    Unwanted.objects.bulk_create(
        [Unwanted(person=person, group=group) for group in sorted(refused)], ignore_conflicts=True
    )


def link_for(person_id: int, group: str) -> str:
    """The part of an address that turns one group off for one person; it cannot be guessed, and says no name."""
    return signing.dumps([person_id, group], salt=SALT, compress=False)


def read(link: str) -> tuple[int, Group]:
    """Whom and what such a part is about.

    Raises:
        signing.BadSignature: we did not make it.
    """
    try:
        person_id, group = signing.loads(link, salt=SALT)
        return int(person_id), Group(group)
    except (TypeError, ValueError) as error:
        raise signing.BadSignature from error


@transaction.atomic
def turn_off(person: Any, group: Group) -> None:
    """Write no more of this group. Twice is once."""
    if presence.is_here(person):
        Unwanted.objects.get_or_create(person=person, group=group)
