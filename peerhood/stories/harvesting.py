"""A recap draft out of what the room collected.

Each pot is told as its level lets it: what was written, under its headings and by its stars; or the
topics and the method only, with a number where it is large enough to hide in; or nothing. The
gathering's strictest item decides for all of it, and a step that was stricter still for its own pot.
"""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood.gatherings import confidentiality, looking_back
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms.harvest import exporting
from peerhood.rooms.harvest.gathered import Gathered, gathered_in
from peerhood.rooms.harvest.method import method_of
from peerhood.stories import publishing
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_write_up


@transaction.atomic
def draft_recap(gathering: Gathering, *, by: Person) -> Story:
    """A story nobody but its writer and the organisers sees yet. Asked for twice, it is the same one until it is edited."""
    if not can_write_up(by, gathering):
        raise PermissionDenied
    publishing.refuse_untold(gathering)
    # Of two clicks the second waits here, and finds what the first made.
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    told = [each for each in gathered_in(gathering) if each.write_up != WriteUp.NONE]
    if not told:
        raise Refusal(_("Nothing was poured out in the room that a story may tell of."))
    with translation.override(gathering.circle.language):
        title, text = _title(gathering), "\n".join(_lines(gathering, told))
    drafts = gathering.stories.drafts().filter(author=by, version=0, title=title, text=text)
    return drafts.first() or publishing.write(gathering, by=by, title=title, text=text)


def _title(gathering: Gathering) -> str:
    """The gathering's name, where a story may say which one it was: the address is made of it and stays."""
    named = confidentiality.write_up(gathering.level) == WriteUp.NAMED
    return gathering.title if named else _("What we took along")


def _lines(gathering: Gathering, told: list[Gathered]) -> Iterator[str]:
    # The host's own words are content, like the notes.
    if all(each.may_be_told() for each in told) and (notes := looking_back.notes_for(gathering)):
        yield from (notes, "")
    for item, pots in _by_item(told):
        title = item.title if item else _("Also in the room")
        yield from (f"## {title}", "")
        if method := method_of(item):
            yield from (method, "")
        for each in pots:
            yield from _told(each)


def _by_item(told: list[Gathered]) -> list[tuple[AgendaItem | None, list[Gathered]]]:
    """In the order of the agenda; last, what belongs to an item that is not on it any more."""
    items = {each.pot.item_id: each.pot.item for each in told}
    in_order = sorted(items.values(), key=lambda item: (item is None, item.position if item else 0))
    return [(item, [each for each in told if each.pot.item == item]) for item in in_order]


def _told(gathered: Gathered) -> Iterator[str]:
    if gathered.may_be_told():
        if gathered.pot.ask:
            yield from (f"**{gathered.pot.ask}**", "")
        yield from exporting.content(gathered)
    elif gathered.may_be_counted():
        count = gathered.notes_count
        # The question and the headings may say what was written; the number does not.
        yield from (ngettext("%(n)d note was collected.", "%(n)d notes were collected.", count) % {"n": count}, "")  # fmt: skip
