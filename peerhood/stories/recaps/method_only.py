"""Method only: the recap of a gathering of which a part is confidential. The site writes it, and nobody changes it.

What an author leaves out cannot be checked, so no author writes: the text is of what kind each item was,
how long it took and by which of the shipped formats. No title, no word of anybody, no name, no gathering
and no day; so nothing that was said leaves the room.
"""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerhood import journal
from peerhood.gatherings import confidentiality
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.people.models import Person
from peerhood.platform.refusals import Refusal
from peerhood.rooms.formats import shipped
from peerhood.rooms.models import Format
from peerhood.stories import publishing
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_write_up


@transaction.atomic
def draft(gathering: Gathering, *, by: Person) -> Story:
    """A draft, to be published like any other. Asked for twice, it is the same one."""
    if not can_write_up(by, gathering):
        raise PermissionDenied
    if confidentiality.write_up(gathering.level) != WriteUp.NONE:
        raise Refusal(_("Of this gathering more than the method may be told: write a recap."))
    if not gathering.is_over():
        raise Refusal(_("Come back when the gathering is over."))
    Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    if found := gathering.stories.filter(is_method_only=True).first():
        return found
    with translation.override(gathering.circle.language):
        title, text = _("How we worked"), "\n".join(_lines(gathering))
    story = publishing.at_a_free_address(
        Story(
            circle=gathering.circle,
            gathering=gathering,
            author=by,
            title=title,
            text=text,
            language=gathering.circle.language,
            is_method_only=True,
        )
    )
    journal.record("story.written", story, by=by)
    return story


def _lines(gathering: Gathering) -> Iterator[str]:
    yield _("A part of this gathering was confidential. This is how we worked, and nothing of what was said.")
    yield ""
    for item in gathering.agenda.select_related("format"):
        minutes = ngettext("%(n)d minute", "%(n)d minutes", item.length_minutes) % {"n": item.length_minutes}
        yield f"- {_kind(item)}, {minutes}"


def _kind(item: AgendaItem) -> str:
    """Of a format its shipped name: what a host called theirs may say what it was about."""
    try:
        key = item.format.key
    except Format.DoesNotExist:
        key = ""
    if key in shipped.ORDER:
        return shipped.shipped(key, translation.get_language() or "").name
    return str(item.get_kind_display())
