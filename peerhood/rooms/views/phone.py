"""A phone in the room, and what whoever holds it does for themselves."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings.models import AgendaItem
from peerhood.gatherings.permissions import can_facilitate
from peerhood.mixing import queries as mixing
from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms import presence, queries, voting
from peerhood.rooms.formats import first_names
from peerhood.rooms.formats import queries as formats
from peerhood.rooms.formats.standing import standing_of
from peerhood.rooms.forum import objecting
from peerhood.rooms.online import beside
from peerhood.rooms.pot.showing import left_behind
from peerhood.rooms.views import showing
from peerhood.rooms.views.answering import as_of, find, part, unchanged
from peerhood.themes.models import Ballot
from peerhood.themes.queries import choices_of, chosen_ids

COOKIE_AGE = 24 * 60 * 60


@require_safe
def phone(request, code):
    room = find(request, code)
    if code != room.code:
        return redirect("rooms:phone", room.code)
    return unchanged(request, room) or _phone(request, room)


def _phone(request, room):
    person = request.user if request.user.is_authenticated else None
    token = request.COOKIES.get(presence.COOKIE, "")
    participant = presence.recognise(room, token=token, person=person)
    if participant is None and room.is_open() and request.method != "HEAD":
        token = presence.enter(room, person)
        participant = presence.recognise(room, token=token, person=person)
    with timezone.override(room.gathering.zone):
        response = render(
            request, part(request, "rooms/phone.html"), _phone_context(request, room, participant)
        )
    first_names.mark(response, request, room, holds=room.has_first_names_only)
    if participant and token != request.COOKIES.get(presence.COOKIE):
        _keep(response, room, token)
    return as_of(response, room)


def _phone_context(request, room, participant):
    ballot = queries.ballot_of(room)
    # A sealed ballot is voted on through the pot.
    votes_on = ballot if ballot and ballot.is_open() and participant and not ballot.is_sealed else None
    standing = standing_of(room)
    shown = queries.round_on_screen(room, standing)
    seat, lead, mine = None, None, None
    if shown and request.user.is_authenticated and (mine := mixing.table_of(shown, request.user)):
        seat = queries.seat_sentence(shown, mine[0], [peer for peer in mine[1] if peer != request.user])
        lead = formats.lead_in(standing, mine[1]) if standing else None
    return {
        "room": room,
        "gathering": room.gathering,
        "face": queries.face_of(room, standing),
        "shown": shown,
        "shown_place": mixing.place_of(shown) if shown and shown.group_size is None else None,
        "seat": seat,
        "tables": queries.tables_on_screen(shown, standing) if shown and not seat else None,
        **showing.step(room, standing, participant),
        "beside": beside.on_a_phone(room, request.user, shown, mine[0] if mine else None),
        "me": participant,
        "lead": lead,
        "ballot": ballot,
        "choices": choices_of(votes_on) if votes_on else None,
        "chosen_ids": chosen_ids(votes_on, voting.voter_key(participant)) if votes_on else None,
        "action": reverse("rooms:vote", args=[room.code]),
        "next_gathering": None if room.is_open() else queries.next_gathering(room, request.user),
        "may_harvest": not room.is_open() and can_facilitate(request.user, room.gathering),
        "left_behind": left_behind(room) if participant and not room.is_open() else None,
        **showing.pot_in(request, room),
    }


def _keep(response, room, token):
    """The token stays on the phone, for this room only, and no script can read it."""
    response.set_cookie(
        presence.COOKIE,
        token,
        max_age=COOKIE_AGE,
        path=reverse("rooms:phone", args=[room.code]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


@require_POST
def vote(request, code):
    room = find(request, code)
    person = request.user if request.user.is_authenticated else None
    participant = presence.recognise(room, token=request.COOKIES.get(presence.COOKIE, ""), person=person)
    if participant is None:
        # The phone lost its cookie: it comes in again before it votes.
        return redirect("rooms:phone", room.code)
    if not Ballot.objects.filter(gathering=room.gathering).exists():
        raise Http404
    voting.vote(room, participant, [whole_number(pk) for pk in request.POST.getlist("choices")])
    return _phone(request, room) if request.htmx else redirect("rooms:phone", room.code)


@require_POST
def speak(request, code, act, **of):
    """Pass, only listen, or take part again: what the URL says, and each for themselves."""
    room = find(request, code)
    person = request.user if request.user.is_authenticated else None
    participant = presence.recognise(room, token=request.COOKIES.get(presence.COOKIE, ""), person=person)
    if participant is not None:
        act(room, participant, **of)
    return _phone(request, find(request, code)) if request.htmx else redirect("rooms:phone", room.code)


def object_to(request, code, item_pk):
    get_object_or_404(AgendaItem, pk=item_pk, gathering=find(request, code).gathering_id)
    return speak(request, code, objecting.object_to, item_pk=item_pk)
