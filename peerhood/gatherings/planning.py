"""Planning: a gathering that was drafted is edited, published, cancelled.

Two organisers may work on the same gathering: each save says which version it
was made from, and one made from an older version is refused with nothing lost.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import agenda, rsvp
from peerhood.gatherings.agenda import set_agenda as set_agenda
from peerhood.gatherings.calendars import imip
from peerhood.gatherings.coming import line, links, placing, seats
from peerhood.gatherings.models import Gathering, Rsvp
from peerhood.gatherings.permissions import can_host
from peerhood.notices import sending
from peerhood.notices.sending import CalendarPart
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

# Whoever has a seat hears of a change to these.
WHEN_AND_WHERE = {"starts_at", "mode", "place_name", "address", "online_url"}
SIZES = {"capacity", "online_capacity"}
WHO_GETS_A_PLACE = {"policy", "needs_approval", "guests_allowed"}
EDITABLE = {"title", "purpose", "words", "directions", *SIZES, *WHO_GETS_A_PLACE, *WHEN_AND_WHERE}


class Conflict(Refusal):
    """Somebody else saved first; ``gathering`` is what they saved."""

    def __init__(self, gathering: Gathering) -> None:
        super().__init__(_("Somebody else changed this gathering while you were writing."))
        self.gathering = gathering


@transaction.atomic
def edit(
    gathering: Gathering,
    *,
    by: Person,
    version: int,
    lines: Sequence[agenda.Line] | None = None,
    hosts: Iterable[Person] | None = None,
    **fields: Any,
) -> Gathering:
    """Change a gathering, unless somebody else has since ``version`` was read.

    A new start moves the end along; a new capacity seats the line; whoever has a
    seat hears of another time or place.
    """
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"A gathering has no {sorted(unknown)} to edit.")
    gathering = _locked_for(by, gathering)
    if gathering.version != version:
        raise Conflict(gathering)
    if gathering.is_cancelled():
        raise Refusal(_("This gathering was cancelled."))
    changed = {name for name, value in fields.items() if getattr(gathering, name) != value}
    _apply(gathering, {name: fields[name] for name in changed - SIZES}, lines)
    if hosts is not None:
        gathering.hosts.set(hosts)
    journal.record("gathering.edited", gathering, by=by, changed=sorted(changed))
    if gathering.takes_answers() and changed & WHEN_AND_WHERE:
        _tell(gathering, gathering.rsvps.going(), "gatherings/changed", imip.request_for)
    if changed & (SIZES | WHO_GETS_A_PLACE | {"mode"}):
        placing.fit(gathering)
        gathering = rsvp.resize(gathering, by=by, **{name: fields[name] for name in changed & SIZES})
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return gathering


def _apply(gathering: Gathering, fields: dict[str, Any], lines: Sequence[agenda.Line] | None) -> None:
    length, ended_at = gathering.length, gathering.ends_at
    for name, value in fields.items():
        setattr(gathering, name, value)
    if "starts_at" in fields:
        gathering.begin_at(fields["starts_at"])
    gathering.ends_at = gathering.starts_at + length
    if lines is not None and lines != agenda.lines_of(gathering):
        agenda.write(gathering, lines)
    gathering.count_change()
    if fields.keys() & WHEN_AND_WHERE or gathering.ends_at != ended_at:
        gathering.count_material_change()
    saved = [*fields, *Gathering.BEGINNING, "ends_at", "version", "sequence", "changed_at"]
    gathering.save(update_fields=saved)


@transaction.atomic
def publish(gathering: Gathering, *, by: Person, anyway: bool = False, purpose: str = "") -> Gathering:
    """Announce a draft that says why people gather. One the agenda's warnings speak against needs ``anyway``."""
    gathering = _locked_for(by, gathering)
    if not gathering.is_draft():
        return gathering
    if gathering.is_over():
        raise Refusal(_("Its day has passed. Choose another one, then publish."))
    gathering.purpose = gathering.purpose or purpose.strip()
    if not gathering.purpose:
        raise Refusal(_("Say first why you are gathering: one sentence, which everybody reads."))
    agenda.refuse_incomplete(agenda.lines_of(gathering))
    if not anyway and (said := agenda.warnings(gathering)):
        raise Refusal(" ".join([*said, _("Tick “publish anyway” if it is meant to be so.")]))
    gathering.state, gathering.published_at = Gathering.State.PUBLISHED, now()
    gathering.count_change()
    gathering.save(update_fields=["purpose", "state", "published_at", "version", "changed_at"])
    journal.record("gathering.published", gathering, by=by, anyway=anyway)
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return gathering


@transaction.atomic
def cancel(gathering: Gathering, *, by: Person) -> Gathering:
    """Call a gathering off and write to everybody who held a place; a draft just goes away."""
    gathering = _locked_for(by, gathering)
    if gathering.is_cancelled():
        return gathering
    if gathering.is_over():
        raise Refusal(_("This gathering has taken place; it cannot be cancelled any more."))
    gathering.state = Gathering.State.CANCELLED
    gathering.count_change()
    gathering.count_material_change()
    _tell(gathering, gathering.rsvps.held(), "gatherings/cancelled", imip.cancel_for)
    gathering.rsvps.held().update(status=Rsvp.Status.CANCELLED)
    gathering.holds.all().delete()
    gathering.save(update_fields=["state", "version", "sequence", "changed_at"])
    journal.record("gathering.cancelled", gathering, by=by)
    seats.keep(gathering, "calendars")
    return gathering


@transaction.atomic
def move_online(gathering: Gathering, online_url: str, *, by: Person) -> Gathering:
    """Meet online instead of in the room: every seat stays a seat, and everybody who holds a place hears of it."""
    gathering = _locked_for(by, gathering)
    if gathering.mode == Gathering.Mode.ONLINE:
        return gathering
    if not gathering.is_announced():
        raise Refusal(_("It is not announced, so nobody has to be told. Change how you meet instead."))
    if gathering.is_over():
        raise Refusal(_("This gathering has taken place."))
    gathering.mode, gathering.online_url = Gathering.Mode.ONLINE, online_url
    gathering.state = Gathering.State.MOVED_ONLINE
    gathering.count_change()
    gathering.count_material_change()
    gathering.save(update_fields=["mode", "online_url", "state", "version", "sequence", "changed_at"])
    placing.fit(gathering)
    _tell(gathering, gathering.rsvps.held(), "gatherings/moved_online", imip.request_if_seated)
    line.move_up(gathering)
    journal.record("gathering.moved_online", gathering, by=by)
    seats.keep(gathering, "calendars")
    return gathering


def _locked_for(by: Person, gathering: Gathering) -> Gathering:
    """The row as it is now, held until the act is done, for somebody who may change it."""
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("circle")
    gathering = locked.get(pk=gathering.pk)
    if not can_host(by, gathering):
        raise PermissionDenied
    return gathering


def _tell(
    gathering: Gathering, rsvps: Any, kind: str, calendar_for: Callable[[Rsvp], CalendarPart | None]
) -> None:
    for held in rsvps.select_related("person"):
        held.gathering = gathering
        key = f"{kind}/{gathering.pk}/{gathering.version}/{held.person_id}"
        about = {"gathering": gathering, "rsvp": held, "link": links.link_for(held.person, gathering)}
        sending.send(held.person, kind, key=key, calendar=calendar_for(held), **about)
