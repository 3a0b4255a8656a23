"""The doors of votes and of paper cards. Notes and votes themselves come in elsewhere (``door``)."""

from contextlib import suppress
from functools import partial

from django.conf import settings
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
from peerhood.rooms import presence, queries, turns
from peerhood.rooms.models import Room
from peerhood.rooms.pot import card_sheet, cards, door, drawing, envelope, opening, showing


@require_POST
def draw(request, code):
    """A ticket for the phone that asks. What it is told is nobody else's business, and kept nowhere."""
    try:
        token = request.COOKIES.get(presence.COOKIE, "")
        room = presence.find(code, address=request.META.get("REMOTE_ADDR", ""), token=token)
    except Room.DoesNotExist:
        raise Http404 from None
    person = request.user if request.user.is_authenticated else None
    participant = presence.recognise(room, token=token, person=person)
    said = drawing.sealed(partial(drawing.draw, room, participant))
    return HttpResponse(said, content_type="application/json", headers={"Cache-Control": "private, no-store"})


@login_required
@require_POST
def open_dots(request, pk):
    version = whole_number(request.POST.get("version", ""))
    votes_each = whole_number(request.POST.get("votes_each", ""), opening.DOTS_EACH)
    with suppress(turns.Stale):
        opening.open_dots(_room(request, pk), by=request.user, votes_each=votes_each, version=version)
    return redirect("rooms:run", pk)


@login_required
@require_safe
def paper_cards(request, pk):
    room = _room(request, pk)
    pot = queries.pot_of(room)
    is_open = bool(pot and pot.is_open())
    context = {
        "room": room,
        "gathering": room.gathering,
        "count": cards.suggested(max(room.gathering.going_count, room.participants.count())),
        "most": cards.MOST,
        "has_sheet": room.cards.exists(),
        "pot": pot if is_open else None,
        "shown": showing.shown(pot) if pot and is_open else None,
    }
    response = render(request, "rooms/pot/cards.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def print_cards(request, pk):
    """The codes are on this answer and nowhere else, so nothing keeps it."""
    room, count = _room(request, pk), whole_number(request.POST.get("count", ""), 0)
    codes = cards.make_sheet(room, count, by=request.user, again=bool(request.POST.get("again")))
    host = settings.POT_HOST or request.get_host()
    address = f"{request.scheme}://{host}{door.CARD_PAGE}"
    return HttpResponse(
        card_sheet.draw(codes, address=address, language=room.gathering.circle.language),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="cards-{pk}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


@login_required
@require_POST
def type_in_card(request, pk):
    text = envelope.chosen((name, value) for name in request.POST for value in request.POST.getlist(name))
    text = text or request.POST.get("text", "").replace("\0", "").replace("\r\n", "\n")
    cards.type_in(_room(request, pk), request.POST.get("code", ""), text, by=request.user)
    messages.success(request, _("It is in the pot."))
    return redirect("rooms:cards", pk)


def _room(request, pk):
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not can_facilitate(request.user, gathering):
        raise PermissionDenied
    room = get_object_or_404(Room.objects.select_related("item"), gathering=gathering)
    room.gathering = gathering
    return room
