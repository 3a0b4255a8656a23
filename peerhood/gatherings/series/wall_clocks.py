"""Wall clocks: a gathering at one o'clock stays at one o'clock, whatever a country makes of its time.

The moment is what calendars, the door and the room reckon with; the clock on the wall is what
people agreed on. When the rules of a zone change after a gathering was planned, the moment moves.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from peerhood import journal
from peerhood.gatherings.calendars import imip
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.series import cadence
from peerhood.notices import sending
from peerhood.platform import stamps


def keep() -> int:
    """Move what is to come to where its clock on the wall is now; how many were moved."""
    ahead = Gathering.objects.filter(starts_at__gt=now()).exclude(state=Gathering.State.CANCELLED)
    ahead = ahead.only(*Gathering.BEGINNING, "time_zone")
    return sum(_keep(gathering) for gathering in ahead.order_by("pk") if moment_of(gathering))


def moment_of(gathering: Gathering) -> datetime | None:
    """The moment it has to move to; None when its clock on the wall is right as it is."""
    if gathering.wall_day is None or gathering.wall_clock is None:
        return None
    local = gathering.starts_at.astimezone(gathering.zone)
    # Asked this way round, for one clock on the wall is two moments in the night summer time ends.
    if (local.date(), local.time()) == (gathering.wall_day, gathering.wall_clock):
        return None
    moment = cadence.at(gathering.wall_day, gathering.wall_clock, gathering.zone)
    return moment if moment.timestamp() != gathering.starts_at.timestamp() else None


@transaction.atomic
def _keep(gathering: Gathering) -> bool:
    gathering = (
        Gathering.objects.select_for_update(of=("self",)).select_related("circle").get(pk=gathering.pk)
    )
    moment = moment_of(gathering)
    if moment is None or gathering.is_cancelled():
        return False
    length, before = gathering.length, gathering.starts_at
    gathering.starts_at, gathering.ends_at = moment, moment + length
    gathering.count_change()
    gathering.count_material_change()
    gathering.save(update_fields=["starts_at", "ends_at", "sequence", "version", "changed_at"])
    journal.record("gathering.shifted", gathering, before=before.isoformat())
    if gathering.takes_answers():
        for held in gathering.rsvps.going().select_related("person"):
            held.gathering = gathering
            key = f"gatherings/clock_kept/{gathering.pk}/{gathering.version}/{held.person_id}"
            part = imip.request_for(held)
            sending.send(
                held.person, "gatherings/clock_kept", key=key, calendar=part, gathering=gathering, rsvp=held
            )
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return True
