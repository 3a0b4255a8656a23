"""The run screen: the desk of whoever leads, and its buttons."""

from contextlib import suppress

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms import queries, rounds, running, turns, voting
from peerhood.rooms.formats import queries as formats
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.forum.minutes import are_kept
from peerhood.rooms.models import Note, Room
from peerhood.rooms.online import beside
from peerhood.rooms.pot import opening
from peerhood.rooms.views import showing
from peerhood.rooms.views.answering import as_of, part, unchanged
from peerhood.themes.models import Choice


@login_required
@require_GET
def run(request, pk):
    gathering = _gathering(request, pk)
    if not can_facilitate(request.user, gathering):
        raise PermissionDenied
    rooms = Room.objects.filter(gathering=gathering)
    room = rooms.select_related("gathering__circle", "item__format").first()
    if room is None:
        context = {"gathering": gathering, "is_beside_a_call": beside.is_beside_a_call(gathering)}
        return render(request, "rooms/open.html", context)
    return unchanged(request, room) or _run(request, room)


def _run(request, room):
    gathering, agenda = room.gathering, list(room.gathering.agenda.all())
    earlier, following = running.neighbours(room.item) if room.item else (None, None)
    standing = standing_of(room)
    shown = queries.round_on_screen(room, standing)
    context = {
        "room": room,
        "gathering": gathering,
        "face": queries.face_of(room, standing),
        **showing.step(room, standing),
        "more_time": formats.more_time(room, standing) if standing else None,
        "steps": formats.run_of_the_format(room, standing) if standing else None,
        "lines": queries.run_of_the_day(room, agenda),
        "expected_end": queries.expected_end(room, agenda),
        "earlier": earlier,
        "following": following,
        "last": room.moments.select_related("by").last(),
        "ballot": queries.ballot_of(room),
        "can_host": can_host(request.user, gathering),
        "has_minutes": are_kept(agenda),
        "mixes": room.is_in(AgendaItem.Kind.MIXING),
        "shown": shown,
        "coming_round": rounds.next_planned(room),
        "changes": queries.changes_at_tables(room, standing),
        **beside.on_the_desk(room, request.user, shown),
        **showing.pot_in(request, room),
    }
    with timezone.override(gathering.zone):
        response = render(request, part(request, "rooms/run.html"), context)
    return as_of(response, room)


@login_required
@require_POST
def open_room(request, pk):
    running.open_room(_gathering(request, pk), by=request.user)
    return redirect("rooms:run", pk)


@login_required
@require_POST
def press(request, pk, act, **of):
    """One of the facilitator's buttons; ``act`` is what the URL says. A stale press shows the room as it is."""
    room = get_object_or_404(Room, gathering=_gathering(request, pk))
    # A press that carries no version is as good as stale.
    version = whole_number(request.POST.get("version", ""))
    with suppress(turns.Stale):
        act(room, **of, by=request.user, version=version)
    if request.htmx:
        room = Room.objects.select_related("gathering__circle", "item__format").get(pk=room.pk)
        return _run(request, room)
    return redirect("rooms:run", pk)


def go_to(request, pk, item_pk):
    return press(request, pk, running.go_to, item=get_object_or_404(AgendaItem, pk=item_pk, gathering__pk=pk))


def open_pot(request, pk):
    ask = request.POST.get("ask", "").replace("\0", "").strip()[:200]
    return press(request, pk, opening.open_pot, ask=ask)


def turn_note(request, pk, note_pk, act):
    note = get_object_or_404(Note, pk=note_pk, pot__room__gathering__pk=pk)
    return press(request, pk, act, note=note)


def choose(request, pk, theme_pk):
    choice = get_object_or_404(Choice, ballot__gathering__pk=pk, theme__pk=theme_pk)
    return press(request, pk, voting.choose, theme=choice.theme)


def _gathering(request, pk):
    return get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
