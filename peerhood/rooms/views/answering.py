"""What every door of a room does alike: find it, answer with the part that changes, and say which version it is.

A screen asks for its own address again when the stream says "changed", and gets the part
that changes; ``?since=`` its version is answered with nothing when nothing has.
"""

from django.http import Http404, HttpResponse

from peerhood.rooms import presence
from peerhood.rooms.models import Room

# Nothing more will happen in a closed room; undo is the exception, and not worth a storm.
CLOSED_ASK_AGAIN = 30


def find(request, code):
    token = request.COOKIES.get(presence.COOKIE, "")
    try:
        return presence.find(code, address=request.META.get("REMOTE_ADDR", ""), token=token)
    except Room.DoesNotExist:
        raise Http404 from None


def part(request, template):
    return f"{template}#now" if request.htmx else template


def unchanged(request, room):
    if request.GET.get("since") != str(room.version):
        return None
    return as_of(HttpResponse(status=204), room)


def as_of(response, room):
    """Say which version this is, and that nobody may keep or index it."""
    response["Room-Version"] = room.version
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    if not room.is_open():
        response["Retry-After"] = CLOSED_ASK_AGAIN
    return response
