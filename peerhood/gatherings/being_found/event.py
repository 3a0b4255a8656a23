"""The gathering as schema.org's Event, for search engines. No link to join online, and nobody's name."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering, Part
from peerhood.gatherings.models.seats import Mode
from peerhood.journal.models import Entry

SCHEMA = "https://schema.org"
ATTENDANCE = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
# A title may hold what ends a script; none of these is needed in JSON, and so it never does.
ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


def as_json(gathering: Gathering, circles: Sequence[Circle], **said: str) -> SafeString:
    """The event as text that is safe between <script> and </script>."""
    text = json.dumps(event_of(gathering, circles, **said), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(ESCAPES))


def event_of(
    gathering: Gathering, circles: Sequence[Circle], *, address: str, description: str, image: str
) -> dict[str, Any]:
    zone = gathering.zone
    return {
        "@context": SCHEMA,
        "@type": "Event",
        "name": gathering.title,
        "description": description,
        "startDate": gathering.starts_at.astimezone(zone).isoformat(),
        "endDate": gathering.ends_at.astimezone(zone).isoformat(),
        "eventStatus": f"{SCHEMA}/{_status(gathering)}",
        "eventAttendanceMode": f"{SCHEMA}/{_attendance(gathering)}",
        "location": _where(gathering, address),
        "organizer": [
            {
                "@type": "Organization",
                "name": circle.name,
                "url": f"{settings.SITE_URL}{circle.get_absolute_url()}",
            }
            for circle in circles
        ],
        "maximumAttendeeCapacity": gathering.all_seats(),
        "remainingAttendeeCapacity": gathering.free_seats() if gathering.takes_answers() else 0,
        # There is nothing to pay anywhere here.
        "isAccessibleForFree": True,
        "inLanguage": gathering.circle.language,
        "url": address,
        "image": image,
    }


def _status(gathering: Gathering) -> str:
    if gathering.is_cancelled():
        return "EventCancelled"
    if gathering.state == Gathering.State.MOVED_ONLINE:
        return "EventMovedOnline"
    return "EventRescheduled" if _has_another_time(gathering) else "EventScheduled"


def _has_another_time(gathering: Gathering) -> bool:
    """Was it given another time since it was announced? Looked up only where its time or place has changed."""
    if not gathering.sequence or gathering.published_at is None:
        return False
    edits = Entry.objects.filter(
        name="gathering.edited",
        subject_type=gathering._meta.label_lower,
        subject_id=str(gathering.pk),
        at__gt=gathering.published_at,
    )
    return any("starts_at" in facts.get("changed", ()) for facts in edits.values_list("facts", flat=True))


def _attendance(gathering: Gathering) -> str:
    is_moved = gathering.state == Gathering.State.MOVED_ONLINE
    return ATTENDANCE[Mode.ONLINE if is_moved else Mode(gathering.mode)]


def _where(gathering: Gathering, address: str) -> list[dict[str, str]] | dict[str, str]:
    """The place, and for those who join online this page: the link itself is for those with a seat."""
    place = {"@type": "Place", "name": gathering.place_name or gathering.circle.town}
    if gathering.address:
        place["address"] = gathering.address
    there = {"@type": "VirtualLocation", "url": address}
    if gathering.state == Gathering.State.MOVED_ONLINE or gathering.parts == (Part.ONLINE,):
        return there
    return [place, there] if gathering.is_hybrid() else place
