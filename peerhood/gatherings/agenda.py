"""The run of the day: what happens in which order, how long, and under which rule.

Fika is protected. An afternoon with less than half an hour of it, and any agenda
without a member's own story, is warned about; the organiser may publish it all
the same, but never by oversight. Arrival is not fika: people come one by one.

A line that is edited, moved or joined by others stays the item it was: the room may
be in the middle of it, and knows its place by the item.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood import journal
from peerhood.gatherings import confidentiality, series_templates
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal

FIKA_MINUTES = 30
LISTENED_TO = {AgendaItem.Kind.TALK, AgendaItem.Kind.MEMBER_STORY}
# Somebody leads these; the others are everybody's.
LED = {*LISTENED_TO, AgendaItem.Kind.EXERCISE, AgendaItem.Kind.FORMAT}
MOST_LINES = 40
WRITTEN = ("kind", "title", "length_minutes", "speaker", "confidentiality", "materials")


@dataclass(frozen=True)
class Line:
    """One line as an organiser writes it; ``item_pk`` is the item it was read from, None for a new one."""

    kind: str
    title: str
    length_minutes: int
    speaker: str = ""
    confidentiality: str = AgendaItem.Confidentiality.OPEN
    materials: str = ""
    # Two lines are the same when they say the same, whichever item they stand for.
    item_pk: int | None = field(default=None, compare=False, kw_only=True)


@transaction.atomic
def set_agenda(gathering: Gathering, lines: Sequence[Line], *, by: Person) -> Gathering:
    """Replace the agenda; the gathering ends when its last item does."""
    gathering = (
        Gathering.objects.select_for_update(of=("self",)).select_related("circle").get(pk=gathering.pk)
    )
    if not can_host(by, gathering):
        raise PermissionDenied
    ended_at = gathering.ends_at
    write(gathering, lines)
    gathering.count_change()
    if gathering.ends_at != ended_at:
        gathering.count_material_change()
    gathering.save(update_fields=["ends_at", "version", "sequence", "changed_at"])
    journal.record("gathering.edited", gathering, by=by)
    stamps.bump("calendars", "gatherings", f"gatherings/{gathering.pk}")
    return gathering


def write(gathering: Gathering, lines: Sequence[Line]) -> None:
    """Put the lines in place of the old ones and move the end; the act that calls saves the gathering."""
    if not 1 <= len(lines) <= MOST_LINES:
        raise Refusal(_("An agenda has at least one line, and at most %(most)d.") % {"most": MOST_LINES})
    if gathering.is_announced():
        refuse_incomplete(lines)
    items = _items_for(lines, gathering)
    staying = [item for item in items if item.pk]
    # Taking off the item a room is on is not refused: whoever edits knows what is not going to
    # happen, and may sit far from the room. The facilitator is asked there where to go on.
    gathering.agenda.exclude(pk__in=[item.pk for item in staying]).delete()
    for position, (item, line) in enumerate(zip(items, lines, strict=True), start=1):
        item.position = position
        for name in WRITTEN:
            setattr(item, name, getattr(line, name))
    AgendaItem.objects.bulk_update(staying, ["position", *WRITTEN])
    AgendaItem.objects.bulk_create(item for item in items if not item.pk)
    gathering.ends_at = end_of(gathering.starts_at, lines)


def _items_for(lines: Sequence[Line], gathering: Gathering) -> list[AgendaItem]:
    """For each line the item it was read from, else one that is called the same, else a new one."""
    left = {item.pk: item for item in gathering.agenda.all()}
    read_from = [_read_from(line, left) for line in lines]
    return [
        item or _called_the_same(line, left) or AgendaItem(gathering=gathering)
        for line, item in zip(lines, read_from, strict=True)
    ]


def _read_from(line: Line, left: dict[int, AgendaItem]) -> AgendaItem | None:
    item = left.get(line.item_pk or 0)
    # A ballot opens when the room comes to it; a room that is in a talk has not come to one.
    if item is None or (line.kind == AgendaItem.Kind.BALLOT and item.kind != line.kind):
        return None
    return left.pop(item.pk)


def _called_the_same(line: Line, left: dict[int, AgendaItem]) -> AgendaItem | None:
    """Take the first of those left with this kind and title: not every line comes from the edit form."""
    same = (pk for pk, item in left.items() if (item.kind, item.title) == (line.kind, line.title))
    return left.pop(next(same, 0), None)


def end_of(starts_at: datetime, lines: Iterable[Line]) -> datetime:
    """When the last line is over. Minutes pass in real time, also on the night the clocks change."""
    return starts_at.astimezone(UTC) + timedelta(minutes=sum(line.length_minutes for line in lines))


def lines_of(gathering: Gathering) -> list[Line]:
    """The agenda as it stands, ready to be written again."""
    return [
        Line(**{name: getattr(item, name) for name in WRITTEN}, item_pk=item.pk)
        for item in gathering.agenda.all()
    ]


def refuse_incomplete(lines: Sequence[Line]) -> None:
    if lacking := " ".join(lacking_in(lines)):
        raise Refusal(lacking)


def lacking_in(lines: Sequence[Line]) -> list[str]:
    """What is missing before it can be published; empty when nothing is, or none of it is agenda only.

    Under that rule nothing else is talked about: all of it is written down, and who leads it.
    """
    if not any(line.confidentiality == AgendaItem.Confidentiality.AGENDA_ONLY for line in lines):
        return []
    unnamed = [line.title for line in lines if line.title.strip() in series_templates.placeholders()]
    unled = [line.title for line in lines if line.kind in LED and not line.speaker.strip()]
    said = []
    if unnamed:
        said.append(_("Say what these are about: %(titles)s.") % {"titles": ", ".join(unnamed)})
    if unled:
        said.append(_("Say who leads these: %(titles)s.") % {"titles": ", ".join(unled)})
    return [_("An item is agenda only, so the whole agenda has to be complete."), *said] if said else []


@dataclass(frozen=True)
class Share:
    """How the minutes divide: listening to somebody, and everything else."""

    listening: int
    total: int

    @property
    def talking(self) -> int:
        return self.total - self.listening

    def is_mostly_listening(self) -> bool:
        return self.listening * 2 > self.total

    def __str__(self) -> str:
        return _(
            "%(listening)d of %(total)d minutes are for listening, %(talking)d for talking with each other."
        ) % {"listening": self.listening, "total": self.total, "talking": self.talking}


def share_of(lines: Iterable[Line]) -> Share:
    """
    >>> share_of([Line("talk", "News", 70), Line("fika", "Fika", 150)]).talking
    150
    """
    lines = list(lines)
    listening = sum(line.length_minutes for line in lines if line.kind in LISTENED_TO)
    return Share(listening, sum(line.length_minutes for line in lines))


def warnings(gathering: Gathering) -> list[str]:
    """What the organiser should know before publishing; empty when all is well."""
    begins = gathering.starts_at.astimezone(gathering.zone).time()
    return list(warnings_about(lines_of(gathering), begins))


def warnings_about(items: Sequence[Line], begins: time) -> Iterable[str]:
    """What speaks against an agenda that begins at that time of the day."""
    fika = sum(item.length_minutes for item in items if item.kind == AgendaItem.Kind.FIKA)
    if _is_afternoon(items, begins) and fika < FIKA_MINUTES:
        yield ngettext(
            "This afternoon has %(minutes)d minute of fika. "
            "Most of the exchange happens there: give it half an hour.",
            "This afternoon has %(minutes)d minutes of fika. "
            "Most of the exchange happens there: give it half an hour.",
            fika,
        ) % {"minutes": fika}
    if not any(item.kind == AgendaItem.Kind.MEMBER_STORY for item in items):
        yield _("No member tells a story of their own. It is what people remember: is there somebody to ask?")
    if (share := share_of(items)).is_mostly_listening():
        yield _("%(share)s Could more of it be an exercise, a format, or fika?") % {"share": share}


def _is_afternoon(items: Sequence[Line], begins: time) -> bool:
    """It begins between eleven and five and fills two hours; a lunch talk of an hour needs no break."""
    return 11 <= begins.hour < 17 and sum(item.length_minutes for item in items) >= 120


def strictest(items: Iterable[AgendaItem | Line]) -> str:
    """The strictest level of confidentiality among the items; open when there are none."""
    return confidentiality.strictest(item.confidentiality for item in items)


def part_of_day(gathering: Gathering) -> str:
    """What the run of the day is called: "The afternoon"."""
    hour = gathering.starts_at.astimezone(gathering.zone).hour
    if gathering.length > timedelta(hours=6):
        return _("The day")
    if hour < 11:
        return _("The morning")
    return _("The afternoon") if hour < 17 else _("The evening")
