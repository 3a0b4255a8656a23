"""The room's doors: joining, the phone, the projector, the run screen, and the stream they all follow.

A screen asks for its own address again when the stream says "changed", and gets the part
that changes; ``?since=`` its version is answered with nothing when nothing has.
"""

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST, require_safe

from peerhood.design import qr
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.mixing.queries import seat_of
from peerhood.platform.refusals import Refusal
from peerhood.rooms import presence, queries, rounds, running, turns, voting
from peerhood.rooms.forms import CodeForm
from peerhood.rooms.models import Room
from peerhood.rooms.pot import door, opening, place
from peerhood.themes.models import Ballot, Choice
from peerhood.themes.queries import choices_of, chosen_ids

COOKIE_AGE = 24 * 60 * 60
# Nothing more will happen in a closed room; undo is the exception, and not worth a storm.
CLOSED_ASK_AGAIN = 30


def join(request):
    """The code field. A code that leads nowhere is an error of the field, like any other."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            room = _find(request, form.cleaned_data["code"])
        except Http404:
            form.add_error("code", translation.gettext("No room has this code right now."))
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            return render(request, "rooms/join.html", {"form": form}, status=429)
        else:
            return redirect("rooms:phone", room.code)
    return render(request, "rooms/join.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def phone(request, code):
    room = _find(request, code)
    if code != room.code:
        return redirect("rooms:phone", room.code)
    return _unchanged(request, room) or _phone(request, room)


def _phone(request, room):
    person = request.user if request.user.is_authenticated else None
    token = request.COOKIES.get(presence.COOKIE, "")
    participant = presence.recognise(room, token=token, person=person)
    if participant is None and room.is_open() and request.method != "HEAD":
        token = presence.enter(room, person)
        participant = presence.recognise(room, token=token, person=person)
    with timezone.override(room.gathering.zone):
        response = render(
            request, _part(request, "rooms/phone.html"), _phone_context(request, room, participant)
        )
    if participant and token != request.COOKIES.get(presence.COOKIE):
        _keep(response, room, token)
    return _as_of(response, room)


def _phone_context(request, room, participant):
    ballot = queries.ballot_of(room)
    votes_on = ballot if ballot and ballot.is_open() and participant else None
    shown = queries.round_on_screen(room)
    seat = seat_of(room.gathering, request.user) if shown and request.user.is_authenticated else None
    return {
        "room": room,
        "gathering": room.gathering,
        "face": queries.face_of(room),
        "shown": shown,
        "seat": seat and queries.seat_sentence(seat[1], seat[2]),
        "tables": queries.tables_on_screen(shown) if shown and not seat else None,
        "ballot": ballot,
        "choices": choices_of(votes_on) if votes_on else None,
        "chosen_ids": chosen_ids(votes_on, voting.voter_key(participant)) if votes_on else None,
        "action": reverse("rooms:vote", args=[room.code]),
        "next_gathering": None if room.is_open() else queries.next_gathering(room, request.user),
        **_pot_context(request, room),
    }


def _pot_context(request, room):
    """The pot, and where it takes notes. Memory that a power cut emptied is made ready again here."""
    pot = queries.pot_of(room)
    if pot is None:
        return {"pot": None}
    if pot.is_open():
        opening.stand(pot)
    return {
        "pot": pot,
        "notes": pot.notes.all() if pot.is_poured() else None,
        "pot_is_in_memory": place.is_in_memory(settings.POT_SPOOL),
        "pot_address": door.address(pot.key),
        "pot_page": f"{request.scheme}://{settings.POT_HOST}{door.address(pot.key)}"
        if settings.POT_HOST
        else "",
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
    room = _find(request, code)
    person = request.user if request.user.is_authenticated else None
    participant = presence.recognise(room, token=request.COOKIES.get(presence.COOKIE, ""), person=person)
    if participant is None:
        # The phone lost its cookie: it comes in again before it votes.
        return redirect("rooms:phone", room.code)
    if not Ballot.objects.filter(gathering=room.gathering).exists():
        raise Http404
    voting.vote(room, participant, [int(pk) for pk in request.POST.getlist("choices") if pk.isdigit()])
    return _phone(request, room) if request.htmx else redirect("rooms:phone", room.code)


@require_safe
def screen(request, code):
    """The projector speaks the circle's language, not that of whoever plugged it in."""
    room = _find(request, code)
    if unchanged := _unchanged(request, room):
        return unchanged
    ballot = queries.ballot_of(room)
    shown = queries.round_on_screen(room)
    address = request.build_absolute_uri(reverse("rooms:phone", args=[room.code]))
    context = {
        "room": room,
        "gathering": room.gathering,
        "face": queries.face_of(room),
        "shown": shown,
        "tables": queries.tables_on_screen(shown) if shown else None,
        "ballot": ballot,
        "qr": qr.drawn(address) if room.is_open() else "",
        "join_at": f"{request.get_host()}{reverse('rooms:join')}".rstrip("/"),
        **_pot_context(request, room),
    }
    language = room.gathering.circle.language
    with translation.override(language), timezone.override(room.gathering.zone):
        response = render(request, _part(request, "rooms/screen.html"), context)
    response["Content-Language"] = language
    return _as_of(response, room)


@login_required
@require_GET
def run(request, pk):
    gathering = _gathering(request, pk)
    if not can_facilitate(request.user, gathering):
        raise PermissionDenied
    room = Room.objects.filter(gathering=gathering).select_related("gathering__circle", "item").first()
    if room is None:
        return render(request, "rooms/open.html", {"gathering": gathering})
    return _unchanged(request, room) or _run(request, room)


def _run(request, room):
    gathering, agenda = room.gathering, list(room.gathering.agenda.all())
    earlier, following = running.neighbours(room.item) if room.item else (None, None)
    context = {
        "room": room,
        "gathering": gathering,
        "face": queries.face_of(room),
        "lines": queries.run_of_the_day(room, agenda),
        "expected_end": queries.expected_end(room, agenda),
        "earlier": earlier,
        "following": following,
        "last": room.moments.select_related("by").last(),
        "ballot": queries.ballot_of(room),
        "can_host": can_host(request.user, gathering),
        "mixes": room.is_in(AgendaItem.Kind.MIXING),
        "shown": queries.round_on_screen(room),
        "coming_round": rounds.next_planned(room),
        "changes": queries.changes_at_tables(room),
        **_pot_context(request, room),
    }
    with timezone.override(gathering.zone):
        response = render(request, _part(request, "rooms/run.html"), context)
    return _as_of(response, room)


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
    with suppress(turns.Stale):
        act(room, **of, by=request.user, version=_version(request))
    if request.htmx:
        room = Room.objects.select_related("gathering__circle", "item").get(pk=room.pk)
        return _run(request, room)
    return redirect("rooms:run", pk)


def go_to(request, pk, item_pk):
    return press(request, pk, running.go_to, item=get_object_or_404(AgendaItem, pk=item_pk, gathering=pk))


def open_pot(request, pk):
    ask = request.POST.get("ask", "").replace("\0", "").strip()[:200]
    return press(request, pk, opening.open_pot, ask=ask)


def choose(request, pk, theme_pk):
    choice = get_object_or_404(Choice, ballot__gathering__pk=pk, theme__pk=theme_pk)
    return press(request, pk, voting.choose, theme=choice.theme)


def stream(request, code):
    """Where only pages are served there is no stream (``streams``): 204 tells the phone to poll."""
    return HttpResponse(status=204)


def _find(request, code):
    token = request.COOKIES.get(presence.COOKIE, "")
    try:
        return presence.find(code, address=request.META.get("REMOTE_ADDR", ""), token=token)
    except Room.DoesNotExist:
        raise Http404 from None


def _gathering(request, pk):
    return get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)


def _version(request):
    """The version the button was drawn for; a press that carries none is as good as stale."""
    said = request.POST.get("version", "")
    return int(said) if said.isdigit() else -1


def _part(request, template):
    return f"{template}#now" if request.htmx else template


def _unchanged(request, room):
    if request.GET.get("since") != str(room.version):
        return None
    return _as_of(HttpResponse(status=204), room)


def _as_of(response, room):
    """Say which version this is, and that nobody may keep or index it."""
    response["Room-Version"] = room.version
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    if not room.is_open():
        response["Retry-After"] = CLOSED_ASK_AGAIN
    return response
