"""The organiser's tables: see them, mix them, change them, show them, print them."""

from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.gatherings.queries import first_timers
from peerhood.mixing import planning
from peerhood.mixing.forms import MixForm
from peerhood.mixing.framing import people_to_seat
from peerhood.mixing.models import Plan, Round, Seat
from peerhood.mixing.queries import tables_of
from peerhood.packs import loading


@login_required
@require_safe
def plan(request, pk, form=None, status=200):
    gathering = _find(request, pk)
    plan = Plan.objects.filter(gathering=gathering).first()
    rounds = plan.rounds.prefetch_related("seats__person") if plan else []
    people = people_to_seat(gathering)
    context = {
        "gathering": gathering,
        "plan": plan,
        "rounds": [(round, _laid(round)) for round in rounds],
        "form": form
        or MixForm(
            initial={"table_size": plan.table_size, "rounds_count": plan.rounds_count} if plan else None
        ),
        "people_count": len(people),
        "is_outdated": bool(plan) and _has_left_or_come(rounds, people),
        "first_timers": first_timers(gathering),
        "swapping": _chosen(rounds, request.GET.get("swap")),
        "first_planned": next((round.number for round in rounds if round.state == Round.State.PLANNED), None),
    }
    return render(request, "mixing/plan.html", context, status=status)


def _laid(round: Round) -> list[tuple[int, list[Seat]]]:
    """The round's tables in order, from the prefetched seats."""
    tables = defaultdict(list)
    for seat in round.seats.all():
        tables[seat.table].append(seat)
    return sorted(tables.items())


def _has_left_or_come(rounds, people) -> bool:
    coming = [round for round in rounds if round.state == Round.State.PLANNED]
    return bool(coming) and {seat.person_id for seat in coming[-1].seats.all()} != set(people)


def _chosen(rounds, key: str | None) -> Seat | None:
    seats = (seat for round in rounds if round.state != Round.State.HELD for seat in round.seats.all())
    return next((seat for seat in seats if str(seat.pk) == key), None)


@login_required
@require_POST
def mix(request, pk):
    gathering = _find(request, pk)
    form = MixForm(request.POST)
    if not form.is_valid():
        request.method = "GET"
        return plan(request, pk, form=form, status=422)
    planning.make_plan(gathering, by=request.user, **form.cleaned_data)
    return redirect("mixing:plan", pk)


@login_required
@require_POST
def publish(request, pk, number):
    planning.publish_round(_round(request, pk, number), by=request.user)
    return redirect("mixing:plan", pk)


@login_required
@require_POST
def hold(request, pk, number):
    planning.hold_round(_round(request, pk, number), by=request.user)
    return redirect("mixing:plan", pk)


@login_required
@require_POST
def pin(request, pk, seat, is_pinned):
    seat = _seat(request, pk, seat)
    planning.pin(seat, by=request.user, is_pinned=is_pinned)
    return redirect(f"{reverse('mixing:plan', args=[pk])}#round-{seat.round.number}")


@login_required
@require_POST
def swap(request, pk, seat):
    seat = _seat(request, pk, seat)
    planning.swap(seat, _seat(request, pk, request.POST.get("with", "")), by=request.user)
    return redirect(f"{reverse('mixing:plan', args=[pk])}#round-{seat.round.number}")


@login_required
@require_safe
def cards(request, pk, number):
    """Table cards to print: the number, who sits there, and a question to begin with."""
    round = _round(request, pk, number)
    language = round.plan.gathering.circle.language
    openers = loading.current().openers(language)
    tables = tables_of(round)
    context = {
        "gathering": round.plan.gathering,
        "round": round,
        # The first two questions come first, always; later rounds go on down the deck.
        "question": openers[(number - 1) % len(openers)],
        "tables": tables,
    }
    with translation.override(language):
        return render(request, "mixing/cards.html", context)


def _find(request, pk) -> Gathering:
    """A gathering the person may know of and may run: 404 for the first, 403 for the second."""
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not can_host(request.user, gathering):
        raise PermissionDenied(_("Only the hosts mix the tables."))
    return gathering


def _round(request, pk, number) -> Round:
    return get_object_or_404(
        Round.objects.select_related("plan__gathering__circle"),
        plan__gathering=_find(request, pk),
        number=number,
    )


def _seat(request, pk, key) -> Seat:
    key = int(key) if str(key).isdecimal() else 0
    return get_object_or_404(
        Seat.objects.select_related("round__plan__gathering", "person"),
        round__plan__gathering=_find(request, pk),
        pk=key,
    )
