"""The eight steps of a gathering, when each is due, and how each stands.

What they are reckoned from (``facts``) is fetched in one question; the reckoning itself asks nothing
more, so that Today can look at several gatherings at once.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peerhood.gatherings import looking_back
from peerhood.gatherings.coming import still_coming
from peerhood.gatherings.models import Gathering
from peerhood.pages.timeline.facts import Facts, facts_of
from peerhood.people.models import Person

# Invitations for a quarterly afternoon: long enough to keep the day free, short enough not to forget it.
INVITED_BEFORE = timedelta(weeks=6)
# A draft made later than that has a week before anything is late.
A_WEEK = timedelta(days=7)
SET_UP_BEFORE = timedelta(hours=2)
NEXT_WITHIN = timedelta(days=14)
# Which gatherings Today looks at: those whose invitations are due, and those just over.
LOOKED_AT = 12


class Name(TextChoices):
    THEME = "theme", _("Theme")
    DATE = "date", pgettext_lazy("a step of the time line", "Date")
    INVITE = "invite", _("Invite")
    REMIND = "remind", _("Remind")
    PREPARE = "prepare", _("Prepare")
    RUN = "run", pgettext_lazy("a step of the time line", "Run")
    THANK = "thank", _("Thank")
    NEXT = "next", _("Next theme")


class State(TextChoices):
    DONE = "done", _("Done")
    NOW = "now", _("Now")
    LATER = "later", _("Later")
    SKIPPED = "skipped", _("Skipped")
    LATE = "late", _("Late")


@dataclass(frozen=True)
class Step:
    """``at``: when it was done, or when it is due; None for what was skipped."""

    name: Name
    state: State
    at: datetime | None

    def is_open(self) -> bool:
        return self.state in (State.NOW, State.LATE)

    def is_done(self) -> bool:
        return self.state == State.DONE


@dataclass(frozen=True)
class Found:
    """What is known of a step, before it is said how it stands."""

    done_at: datetime | None
    opens_at: datetime
    due_at: datetime
    # Its time has gone by, and nothing can be done about it any more.
    is_past: bool


def steps_of(gathering: Gathering, facts: Facts) -> list[Step]:
    """The eight steps of a gathering, in their order."""
    moment = now()
    found = {name: FIND[name](gathering, facts, moment) for name in Name}
    steps: list[Step] = []
    for name, each in found.items():
        is_first = not any(step.state in (State.NOW, State.LATER) for step in steps)
        state = _state(gathering, each, moment, is_first=is_first)
        at = None if state == State.SKIPPED else each.done_at or each.due_at
        steps.append(Step(name, state, at))
    return steps


def _state(gathering: Gathering, found: Found, moment: datetime, *, is_first: bool) -> State:
    if found.done_at:
        return State.DONE
    if found.is_past or gathering.is_cancelled():
        return State.SKIPPED
    if found.due_at < moment:
        return State.LATE
    return State.NOW if is_first or found.opens_at <= moment else State.LATER


def _invited_by(gathering: Gathering) -> datetime:
    """Six weeks before, or within a week of a draft that is made later; never after the start."""
    due_at = max(gathering.starts_at - INVITED_BEFORE, gathering.created_at + A_WEEK)
    return min(due_at, gathering.starts_at)


def _theme(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    due_at = _invited_by(gathering)
    # Whoever publishes without one has decided to.
    return Found(facts.theme_at, gathering.created_at, due_at, not gathering.is_draft())


def _date(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    has_passed = gathering.is_draft() and gathering.has_begun()
    done_at = None if has_passed else gathering.starts_at
    return Found(done_at, gathering.created_at, gathering.starts_at, is_past=False)


def _invite(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    due_at = _invited_by(gathering)
    is_past = gathering.has_begun() and not gathering.is_draft()
    # Where everybody has answered there is nobody to invite.
    done_at = facts.invite_sent_at or (None if facts.has_silent else gathering.published_at)
    return Found(done_at, due_at - A_WEEK, due_at, is_past)


def _remind(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    due_at = still_coming.due_at(gathering)
    # Where nobody does it, the worker does.
    by_itself = due_at if due_at <= moment and _was_announced_by(gathering, gathering.starts_at) else None
    done_at = facts.remind_sent_at or by_itself
    return Found(done_at, gathering.starts_at - still_coming.AT_EARLIEST, due_at, gathering.has_begun())


def _prepare(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    due_at = still_coming.due_at(gathering)
    is_past = gathering.has_begun()
    return Found(facts.prepare_sent_at, due_at - A_WEEK, due_at, is_past)


def _run(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    opened_at = facts.room_opened_at
    is_done = opened_at and (facts.room_closed_at or gathering.is_over())
    is_past = gathering.is_over() and not opened_at
    return Found(
        gathering.starts_at if is_done else None,
        gathering.starts_at - SET_UP_BEFORE,
        gathering.starts_at if not opened_at else gathering.ends_at,
        is_past,
    )


def _thank(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    due_at = gathering.ends_at + looking_back.THANKED_AFTER
    by_itself = due_at if due_at <= moment and _was_announced_by(gathering, gathering.ends_at) else None
    return Found(facts.thank_sent_at or by_itself, gathering.ends_at, due_at, is_past=False)


def _next(gathering: Gathering, facts: Facts, moment: datetime) -> Found:
    is_decided = facts.ballot_next_pk or facts.themed_next_pk
    done_at = (facts.themed_next_at or gathering.ends_at) if is_decided else None
    return Found(done_at, gathering.ends_at, gathering.ends_at + NEXT_WITHIN, is_past=False)


def _was_announced_by(gathering: Gathering, moment: datetime) -> bool:
    return gathering.is_announced() and gathering.published_at is not None and gathering.published_at < moment


FIND: dict[Name, Callable[[Gathering, Facts, datetime], Found]] = {
    Name.THEME: _theme,
    Name.DATE: _date,
    Name.INVITE: _invite,
    Name.REMIND: _remind,
    Name.PREPARE: _prepare,
    Name.RUN: _run,
    Name.THANK: _thank,
    Name.NEXT: _next,
}
# What goes out by itself is asked of nobody.
BEFORE, AFTERWARDS = (Name.INVITE, Name.PREPARE, Name.RUN), (Name.NEXT,)


def next_for(person: Person, names: Collection[Name]) -> tuple[Gathering, Step] | None:
    """The first of these steps that a gathering asks of whoever runs it; two questions for all of theirs."""
    moment = now()
    run = Gathering.objects.run_by(person).filter(state__in=Gathering.TAKING_PLACE)
    near = run.filter(starts_at__lt=moment + INVITED_BEFORE, ends_at__gt=moment - NEXT_WITHIN)
    gatherings = list(near.select_related("circle").order_by("starts_at", "pk")[:LOOKED_AT])
    facts = facts_of(gatherings)
    for gathering in gatherings:
        for step in steps_of(gathering, facts[gathering.pk]):
            if step.is_open() and step.name in names and _is_asked(step, facts[gathering.pk]):
                return gathering, step
    return None


def _is_asked(step: Step, facts: Facts) -> bool:
    """A pack is nobody's duty; one that is written and not sent is easily forgotten."""
    return step.name != Name.PREPARE or facts.has_pack
