"""The projector."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from peerhood.design import qr
from peerhood.rooms import queries
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.views import showing
from peerhood.rooms.views.answering import as_of, find, part, unchanged


@require_safe
def screen(request, code):
    """The projector speaks the circle's language, not that of whoever plugged it in."""
    room = find(request, code)
    if same := unchanged(request, room):
        return same
    ballot = queries.ballot_of(room)
    standing = standing_of(room)
    shown = queries.round_on_screen(room, standing)
    address = request.build_absolute_uri(reverse("rooms:phone", args=[room.code]))
    context = {
        "room": room,
        "gathering": room.gathering,
        "face": queries.face_of(room, standing),
        "shown": shown,
        "tables": queries.tables_on_screen(shown, standing) if shown else None,
        **showing.step(room, standing),
        "ballot": ballot,
        "qr": qr.drawn(address) if room.is_open() else "",
        "join_at": f"{request.get_host()}{reverse('rooms:join')}".rstrip("/"),
        **showing.pot_in(request, room),
    }
    language = room.gathering.circle.language
    with translation.override(language), timezone.override(room.gathering.zone):
        response = render(request, part(request, "rooms/screen.html"), context)
    response["Content-Language"] = language
    return as_of(response, room)
