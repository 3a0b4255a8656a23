"""The minutes as a page and as text: for the gathering's hosts and the circle's organisers."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.rooms.forum.minutes import are_kept, minutes_of
from peerhood.rooms.models import Room


@login_required
@require_safe
def minutes(request, pk):
    room, found = _minutes(request, pk)
    context = {"gathering": room.gathering, "minutes": found, "room": room}
    return _private(render(request, "rooms/forum/minutes.html", context))


@login_required
@require_safe
def minutes_text(request, pk):
    """To keep or to send on, in the circle's language."""
    room, found = _minutes(request, pk)
    with translation.override(room.gathering.circle.language):
        body = render_to_string("rooms/forum/minutes.txt", {"minutes": found})
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="minutes-{pk}.txt"'
    return _private(response)


def _minutes(request, pk):
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not can_host(request.user, gathering):
        raise PermissionDenied
    agenda = list(gathering.agenda.all())
    room = Room.objects.filter(gathering=gathering).first()
    if room is None or not are_kept(agenda):
        raise Http404
    room.gathering = gathering
    return room, minutes_of(room, agenda)


def _private(response):
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
