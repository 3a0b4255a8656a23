"""The harvest's doors, for the gathering's facilitators and hosts, also after the room has closed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_facilitate
from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms.harvest import exporting, grouping, starring
from peerhood.rooms.harvest.gathered import gathered_in
from peerhood.rooms.harvest.grouping import Grouping
from peerhood.rooms.models import NoteGroup, Room


@login_required
@require_safe
def harvest(request, pk):
    """Before the room has been opened there is a page as well, and it says what will be here."""
    gathering = _gathering(request, pk)
    room = Room.objects.filter(gathering=gathering).first()
    return (
        _show(request, room) if room else render(request, "rooms/harvest/page.html", {"gathering": gathering})
    )


@login_required
@require_POST
def group(request, pk, pot_pk):
    room = _room(request, pk)
    pot = get_object_or_404(room.pots.select_related("room"), pk=pot_pk)
    version = whole_number(request.POST.get("version", ""))
    chosen = _chosen(request)
    try:
        grouping.arrange(pot, chosen, by=request.user, version=version)
    except grouping.Conflict:
        return _show(request, room, pot=pot, chosen=chosen)
    except NoteGroup.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Saved."))
    return redirect("rooms:harvest", pk)


@login_required
@require_safe
def export(request, pk, write, kind, ending):
    return HttpResponse(
        write(_room(request, pk).gathering),
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="harvest-{pk}.{ending}"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


def _chosen(request) -> Grouping:
    titles, places = {}, {}
    for name, value in request.POST.items():
        begin, _dash, key = name.partition("-")
        if begin == "title":
            titles[key] = value.replace("\0", "")
        elif begin == "note":
            places[key] = value
    return Grouping(titles, request.POST.get("new_title", "").replace("\0", ""), places)


def _show(request, room, *, pot=None, chosen=None):
    """The page as it is saved; after a conflict with what was chosen still in the form, and theirs beside it."""
    all_gathered = gathered_in(room.gathering)
    context = {
        "room": room,
        "gathering": room.gathering,
        "forms": [_form(each, chosen if pot and each.pot.pk == pot.pk else None) for each in all_gathered],
        "to_star": starring.to_star(room, all_gathered),
        "new": grouping.NEW,
    }
    response = render(request, "rooms/harvest/page.html", context, status=409 if chosen else 200)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _form(gathered, chosen):
    """What is in the fields of one pot's form, and where it differs from what is saved."""
    titles = {str(each.group.pk): each.group.title for each in gathered.headings if each.group}
    places = {
        str(note.pk): str(note.group_id or "") for heading in gathered.headings for note in heading.notes
    }
    shown = chosen or Grouping()
    fields = {
        "titles": [(key, shown.titles.get(key, title)) for key, title in titles.items()],
        "new_title": shown.new_title,
        "notes": [(note, shown.places.get(str(note.pk), places[str(note.pk)])) for note in gathered.notes],
    }
    differences = _differences(gathered, titles, places, chosen)
    return {
        "gathered": gathered,
        "title": exporting.title_of(gathered),
        **fields,
        "differences": differences,
    }


def _differences(gathered, titles, places, chosen):
    if chosen is None:
        return []
    said = {**titles, "": "", grouping.NEW: chosen.new_title}
    mine = {**said, **chosen.titles}
    told = [(_("Heading"), chosen.titles.get(key, ""), title) for key, title in titles.items()]
    for note in gathered.notes:
        there = places[str(note.pk)]
        here = chosen.places.get(str(note.pk), there)
        told.append((note.text, mine.get(here, ""), said.get(there, "")))
    return [(label, yours, theirs) for label, yours, theirs in told if yours != theirs]


def _gathering(request, pk):
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not can_facilitate(request.user, gathering):
        raise PermissionDenied
    return gathering


def _room(request, pk):
    return get_object_or_404(
        Room.objects.select_related("gathering__circle"), gathering=_gathering(request, pk)
    )
