"""First names only, until the last part: no page says more to whoever is in the room.

The room's own pages have no more than first names while that holds. All others are closed to the people of the
evening: whoever has come to it (or has a place in the room or online, where nobody with such a place is checked in),
is in the room with a phone, or pressed a button there. A guest's phone is known by a mark of its own, since the room's
cookie goes to the room and nowhere else. A room that somebody forgot before the reveal closes nothing for long.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from peerhood.gatherings.models import Rsvp
from peerhood.gatherings.permissions import can_facilitate
from peerhood.people.models import Person
from peerhood.platform import kept_pages
from peerhood.rooms import codes
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.models import Moment, Participant, Room

MARK = kept_pages.FIRST_NAMES
MARK_AGE = 6 * 60 * 60
# How long after its planned end an evening may still be before the reveal.
OVERRUN = timedelta(hours=1)
# Of the room itself; what a site needs to look like one; and changing places in a demo.
OPEN_NAMESPACES = {"rooms", "design", "demo"}
OPEN_PAGES = {"set_language", "account_logout", "pages:health", "pages:promise"}
# Lists of who sits where, by their full names and addresses.
CLOSED_PAGES = {"rooms:breakouts", "rooms:breakout_list"}
# Every page of somebody signed in asks: building the query would cost more than the answer.
ANYWHERE = f"SELECT 1 FROM {Room._meta.db_table} WHERE has_first_names_only LIMIT 1"  # noqa: S608


class FirstNamesMiddleware:
    """Answer 409, with the way back to the room, where a page could say more than a first name too early."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if _stays_open(request) or not (room := _room_of(request)):
            return None
        leads = isinstance(request.user, Person) and can_facilitate(request.user, room.gathering)
        context = {"room": room, "leads": leads}
        response = render(request, "rooms/formats/first_names.html", context, status=409)
        response["Cache-Control"] = "private, no-store"
        return response


def mark(response: HttpResponse, request: HttpRequest, room: Room, *, holds: bool) -> None:
    """Mark this browser while first names are all there is, and take the mark off it afterwards."""
    if holds:
        response.set_cookie(
            MARK,
            room.code,
            max_age=MARK_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    elif MARK in request.COOKIES:
        response.delete_cookie(MARK, samesite="Lax")


def _stays_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.view_name in CLOSED_PAGES:
        return False
    return match.view_name in OPEN_PAGES or bool(OPEN_NAMESPACES & set(match.namespaces))


def _room_of(request: HttpRequest) -> Room | None:
    if not (request.user.is_authenticated or MARK in request.COOKIES) or not _is_anywhere():
        return None
    rooms = Room.objects.filter(has_first_names_only=True, gathering__ends_at__gt=now() - OVERRUN)
    rooms = rooms.select_related("gathering__circle", "item__format")
    if isinstance(request.user, Person):
        rooms = rooms.filter(_is_of_the_evening(request.user))
    else:
        # A cookie may hold anything, also what no database takes.
        rooms = rooms.filter(code=codes.tidy(request.COOKIES[MARK]), closed_at=None)
    # The item may have been taken off the agenda since the room came to where it stands.
    return next((room for room in rooms if hold_in(room)), None)


def _is_anywhere() -> bool:
    """Whether there is such a room at all: hardly ever, so this is all that a page costs."""
    with connection.cursor() as cursor:
        cursor.execute(ANYWHERE)
        return cursor.fetchone() is not None


def hold_in(room: Room) -> bool:
    """Whether a first name is all that may be said now."""
    standing = standing_of(room) if room.is_open() else None
    return bool(standing and standing.shows_first_names_only())


def _is_of_the_evening(person: Person) -> Q:
    place = Rsvp.objects.going().filter(gathering=OuterRef("gathering"), person=person)
    # Where one part of a gathering has a door, the other may have none.
    came = Rsvp.objects.checked_in().filter(gathering=OuterRef("gathering"), part=OuterRef("part"))
    is_here = Exists(place.checked_in()) | Exists(place.exclude(Exists(came)))
    phones = Participant.objects.filter(room=OuterRef("pk"), person=person)
    presses = Moment.objects.filter(room=OuterRef("pk"), by=person)
    return is_here | Exists(phones) | Exists(presses)
