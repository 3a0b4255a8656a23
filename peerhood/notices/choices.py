"""Choices: which mails somebody wants, and whether at once or once a day, together.

Codes, and answers to what somebody did, are always written. The others come in a handful of
groups, and each group can be turned off: on one's own page, or by the link in the mail itself,
which works without signing in and turns off that group and nothing else. The link in a daily mail
turns off every group that comes in it.
"""

from collections.abc import Iterable
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peerhood.notices.models import Mail, Together, Unwanted
from peerhood.platform import presence

SALT = "peerhood.notices.choices"


class Group(TextChoices):
    INVITATIONS = "invitations", _("Invitations to circles")
    GATHERINGS = "gatherings", _("Invitations to gatherings")
    BEFORE = "before", _("Before a gathering I go to")
    AFTER = "after", _("After a gathering I was at")
    HOSTS = "hosts", _("What hosts write to everybody")
    APPLICATIONS = "applications", _("Applications to answer")
    ASKED = "asked", _("What my circles ask of me")
    CONNECTIONS = "connections", _("People who keep in touch with me")
    MONTH = "month", _("The month in my circles")
    QUESTIONS = "questions", _("Questions in my circles")
    COFFEE = "coffee", _("Coffee")
    INTRODUCTIONS = "introductions", _("Introductions")
    THANKS = "thanks", _("Thanks from members")
    COMMENTS = "comments", _("Comments on stories I follow")
    OPPORTUNITIES = "opportunities", _("My opportunities")
    MENTORING = "mentoring", _("Mentoring")
    PITCHES = "pitches", _("Elevator pitches")


ABOUT = {
    Group.INVITATIONS: _("Somebody would like you to join their circle."),
    Group.GATHERINGS: _("A host thinks you would like to come, and asks you."),
    Group.BEFORE: _(
        "What to expect the first time, what to prepare, and “still coming?” the day before. Your place, a change or a "
        "cancellation always comes."
    ),
    Group.AFTER: _("A thank-you, what was said, and how your first time was."),
    Group.HOSTS: _("A host’s own words to those who come or stand in line."),
    Group.APPLICATIONS: _("Somebody wants to join a circle you organise."),
    Group.ASKED: _("A newcomer to welcome or to meet, a day to choose, a buddy somebody would like."),
    Group.CONNECTIONS: _(
        "You both said that you met; and the day on which you wanted to get back to somebody."
    ),
    Group.QUESTIONS: _("A member asks something that you may know, with a day to reply by."),
    Group.MONTH: _(
        "On its first day, five things at most: what comes, what came of it, what to talk about next."
    ),
    Group.COFFEE: _("Somebody asks you to coffee, a circle’s next coffee round, and whether you met."),
    Group.INTRODUCTIONS: _("Somebody asks you to introduce them, or would like to meet you."),
    Group.THANKS: _("A few words from somebody you met."),
    Group.COMMENTS: _("Somebody has commented. Each mail can also end it for its story alone."),
    Group.OPPORTUNITIES: _("What you told a circle of is soon over. Who is interested always comes."),
    Group.MENTORING: _(
        "Somebody asks you, cannot this time, or would like to go on. What you agreed on always comes."
    ),
    Group.PITCHES: _(
        "A member asks for a card about theirs, or has written you one. Turned off, nobody asks you."
    ),
}

# Each kind of mail that somebody may do without, by its template.
OPTIONAL = {
    "circles/invited": Group.INVITATIONS,
    "circles/applied": Group.APPLICATIONS,
    "circles/greet": Group.ASKED,
    "circles/greet_again": Group.ASKED,
    "circles/left": Group.ASKED,
    "gatherings/poll_opened": Group.ASKED,
    "gatherings/poll_reminder": Group.ASKED,
    "gatherings/to_meet": Group.ASKED,
    "gatherings/buddy_wanted": Group.ASKED,
    "gatherings/nobody_meets": Group.ASKED,
    "stories/submitted": Group.ASKED,
    "stories/co_author_asked": Group.ASKED,
    "gatherings/invited": Group.GATHERINGS,
    "gatherings/prepare": Group.BEFORE,
    "gatherings/what_to_expect": Group.BEFORE,
    "gatherings/still_coming": Group.BEFORE,
    "gatherings/thanks": Group.AFTER,
    "gatherings/first_time_over": Group.AFTER,
    "gatherings/words": Group.HOSTS,
    "connections/connected": Group.CONNECTIONS,
    "connections/follow_up": Group.CONNECTIONS,
    "stories/month": Group.MONTH,
    "stories/question": Group.QUESTIONS,
    "stories/replies": Group.QUESTIONS,
    "stories/pulse": Group.QUESTIONS,
    "stories/pulse_over": Group.QUESTIONS,
    "connections/coffee_asked": Group.COFFEE,
    "connections/coffee_declined": Group.COFFEE,
    "connections/coffee_met": Group.COFFEE,
    "connections/coffee_round_asks": Group.COFFEE,
    "connections/coffee_round_met": Group.COFFEE,
    "connections/introduction_asked": Group.INTRODUCTIONS,
    "connections/introduction_passed": Group.INTRODUCTIONS,
    "connections/thanked": Group.THANKS,
    "stories/comment_waits": Group.ASKED,
    "stories/commented": Group.COMMENTS,
    "growth/opportunity_ends": Group.OPPORTUNITIES,
    "growth/mentoring_asked": Group.MENTORING,
    "growth/mentoring_declined": Group.MENTORING,
    "growth/mentoring_prolong": Group.MENTORING,
    "growth/pitch_asked": Group.PITCHES,
    "growth/pitch_card": Group.PITCHES,
}
# They prove that an address works, and are sent to one that seems not to.
CODES = {"people/login_code", "people/email_confirmation", "gatherings/place_held"}
# The daily mail itself; whoever turns it off turns off what would come in it.
DIGEST = "notices/digest"
ALL_TOGETHER = "together"
# News of a date: unless it is near, they can wait for the morning.
ABOUT_A_DATE = {
    "gatherings/changed",
    "gatherings/clock_kept",
    "gatherings/cancelled",
    "gatherings/moved_online",
    "gatherings/moved_up",
    "gatherings/together_no_more",
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
    "gatherings/buddy_found",
    "gatherings/story_scheduled",
    "gatherings/story_buddy",
    "gatherings/place_held",
    "gatherings/applied",
    "gatherings/approved",
    "gatherings/refused",
    "gatherings/offered",
    "gatherings/offer_over",
    "gatherings/moved_online",
    "gatherings/who_meets_you",
    "gatherings/moved_up",
    "gatherings/withdrawn",
    "gatherings/changed",
    "gatherings/clock_kept",
    "gatherings/cancelled",
    "stories/sent_back",
    # What one agreed to, and said yes to.
    "connections/coffee_agreed",
    "connections/coffee_cancelled",
    "connections/coffee_round_pair",
    "connections/coffee_round_nobody",
    # Asked for with a press, to oneself.
    "connections/my_list",
    "connections/introduced",
    "stories/comment_reported",
    "stories/comment_appeared",
    # What one holds is not valid any more.
    "growth/certificate_taken_back",
    # An answer to what one told a circle of.
    "growth/interested",
    "growth/opportunity_reported",
    "growth/mentoring_agreed",
    "growth/mentoring_over",
    "growth/mentoring_ended",
}


def wants(person: Any, kind: str) -> bool:
    """May this kind of mail be written to this person?"""
    group = OPTIONAL.get(kind)
    return group is None or not Unwanted.objects.filter(person=person, group=group).exists()


def list_of(kind: str) -> str:
    """What the link in a mail of this kind turns off; nothing for what is always written."""
    return ALL_TOGETHER if kind == DIGEST else OPTIONAL.get(kind, "")


def refused_by(people: Iterable[Any], kind: str) -> set[int]:
    """The keys of those among them who do not want this kind of mail; one query."""
    keys = [person.pk for person in people]
    refused = Unwanted.objects.filter(person__in=keys, group=OPTIONAL.get(kind, ""))
    return set(refused.values_list("person", flat=True))


def unwanted_by(person: Any) -> set[str]:
    return set(Unwanted.objects.filter(person=person).values_list("group", flat=True))


def together_for(person: Any) -> set[str]:
    return set(Together.objects.filter(person=person).values_list("group", flat=True))


@transaction.atomic
def choose(person: Any, wanted: set[str], together: set[str] | None = None) -> None:
    """Write these groups and no others from now on, and of them these once a day.

    What waits for a daily mail that is wanted no more goes out by itself; ``None`` leaves that as it is.
    """
    presence.hold(person)
    refused = set(Group.values) - wanted
    Unwanted.objects.filter(person=person).exclude(group__in=refused).delete()
    Unwanted.objects.bulk_create(
        [Unwanted(person=person, group=group) for group in sorted(refused)], ignore_conflicts=True
    )
    if together is not None:
        daily = (together & set(Group.values)) - refused
        Together.objects.filter(person=person).exclude(group__in=daily).delete()
        Together.objects.bulk_create(
            [Together(person=person, group=group) for group in sorted(daily)], ignore_conflicts=True
        )
        _waiting_for(person, set(Group.values) - daily - refused).update(state=Mail.State.QUEUED)
    _let_be(person, refused)


def link_for(person_id: int, group: str) -> str:
    """The part of an address that turns one group off for one person; it cannot be guessed, and says no name."""
    return signing.dumps([person_id, group], salt=SALT, compress=False)


def read(link: str) -> tuple[int, str]:
    """Whom and what such a part is about: a group, or what comes in the daily mail.

    Raises:
        signing.BadSignature: we did not make it.
    """
    try:
        person_id, group = signing.loads(link, salt=SALT)
        return int(person_id), group if group == ALL_TOGETHER else Group(group)
    except (TypeError, ValueError) as error:
        raise signing.BadSignature from error


def named(group: str) -> str:
    """What a reader calls it."""
    return (
        gettext("Your daily mail, and what comes in it") if group == ALL_TOGETHER else str(Group(group).label)
    )


@transaction.atomic
def turn_off(person: Any, group: str) -> None:
    """Write no more of this group. Twice is once."""
    if not presence.is_here(person):
        return
    groups = together_for(person) if group == ALL_TOGETHER else {group}
    for each in sorted(groups):
        Unwanted.objects.get_or_create(person=person, group=each)
    Together.objects.filter(person=person, group__in=groups).delete()
    _let_be(person, groups)


def _waiting_for(person: Any, groups: set[str]) -> Any:
    kinds = [kind for kind, group in OPTIONAL.items() if group in groups]
    return Mail.objects.filter(person=person, state=Mail.State.TOGETHER, kind__in=kinds)


def _let_be(person: Any, groups: set[str]) -> None:
    """What waited for a daily mail, and is wanted no more, is not sent; it stays readable on the page of mails."""
    _waiting_for(person, groups).update(state=Mail.State.GATHERED)
