"""Attaching a recording to an item of a gathering's agenda: to an open one, once whoever speaks has agreed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from peerhood import journal
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import AgendaItem
from peerhood.gatherings.permissions import can_host
from peerhood.people.models import Person
from peerhood.platform import stamps
from peerhood.platform.refusals import Refusal, still_there
from peerhood.stories.models import Recording
from peerhood.stories.recordings import providers

MOST_OF_AN_ITEM = 10
WRITTEN = {"title", "url", "language", "chapters", "transcript"}


@transaction.atomic
def attach(item: AgendaItem, *, by: Person, has_agreed: bool, **words: Any) -> Recording:
    """Put it beside the item. The same address twice is one recording, with the later words."""
    item = _locked(item, by)
    refuse_closed(item)
    if not has_agreed:
        raise Refusal(_("Ask whoever speaks first. Without their yes there is no recording here."))
    if item.recordings.exclude(url=words["url"]).count() >= MOST_OF_AN_ITEM:
        raise Refusal(_("That is more than anybody looks at. Take one away first."))
    recording, _is_new = Recording.objects.update_or_create(
        item=item, url=words["url"], defaults=_told(words) | {"attached_by": by, "agreed_at": now()}
    )
    journal.record("recording.attached", recording, by=by)
    stamps.bump("stories")
    return recording


@transaction.atomic
def edit(recording: Recording, *, by: Person, **words: Any) -> Recording:
    """Change its words or its address."""
    item = _locked(recording.item, by)
    refuse_closed(item)
    if item.recordings.filter(url=words["url"]).exclude(pk=recording.pk).exists():
        raise Refusal(_("This recording is here already."))
    told = _told(words)
    for name, value in told.items():
        setattr(recording, name, value)
    recording.save(update_fields=list(told))
    journal.record("recording.edited", recording, by=by)
    stamps.bump("stories")
    return recording


@transaction.atomic
def remove(recording: Recording, *, by: Person) -> None:
    """Take it away, whatever its item has become. Its file is elsewhere, and stays there."""
    item = _locked(recording.item, by)
    journal.record("recording.removed", item.gathering, by=by)
    Recording.objects.filter(pk=recording.pk).delete()
    stamps.bump("stories")


def refuse_closed(item: AgendaItem) -> None:
    """A voice and a face are names; so only what is open is recorded."""
    if not confidentiality.may_attach(item.confidentiality, Surface.RECORDING):
        raise Refusal(
            _(
                "“%(item)s” is %(level)s: a recording would say who was there and who said what, so none is attached."
            )
            % {"item": item.title, "level": str(item.get_confidentiality_display()).lower()}
        )


def _told(words: dict[str, Any]) -> dict[str, Any]:
    if unknown := words.keys() - WRITTEN:
        raise TypeError(f"A recording has no {sorted(unknown)}.")
    return words | {"kind": providers.told_by(words["url"]).kind}


def _locked(item: AgendaItem, by: Person) -> AgendaItem:
    found = AgendaItem.objects.select_related("gathering__circle").select_for_update(of=("self",))
    item = still_there(found.filter(pk=item.pk))
    if not can_host(by, item.gathering):
        raise PermissionDenied
    return item
