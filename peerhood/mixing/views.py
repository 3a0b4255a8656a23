"""The organiser's tables: see them, mix them, change them, show them, print them."""

from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peerhood import packs
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.gatherings.queries import first_timers
from peerhood.mixing import planning, rounds, searching
from peerhood.mixing.forms import MixForm
from peerhood.mixing.framing import people_to_seat
from peerhood.mixing.models import Plan, Round, Search, Seat
from peerhood.mixing.queries import tables_of
from peerhood.mixing.reasons import seats_of
from peerhood.mixing.searching import progress_of
from peerhood.packs import card_questions
from peerhood.platform.whole_numbers import whole_number


@login_required
@require_safe
def plan(request, pk, form=None, status=200):
    gathering = _find(request, pk)
    plan = Plan.objects.filter(gathering=gathering).select_related("search").first()
    people = people_to_seat(gathering)
    wished = {name: getattr(plan, name) for name in MixForm.base_fields} if plan else None
    context = {
        **_tables(request, gathering, plan),
        "progress": plan and progress_of(plan),
        "form": form or MixForm(initial=wished),
        "people_count": len(people),
    }
    context["is_outdated"] = _has_left_or_come(context["rounds"], people)
    return render(request, "mixing/plan.html", context, status=status)


def _tables(request, gathering, plan) -> dict:
    """What the tables and their figures show."""
    rounds = list(plan.rounds.prefetch_related("seats__person")) if plan else []
    names = {seat.person_id: seat.person.name for round in rounds for seat in round.seats.all()}
    fewest = plan.figures.get("meets_fewest", []) if plan else []
    return {
        "gathering": gathering,
        "plan": plan,
        "rounds": [(round, _laid(round)) for round in rounds],
        "first_timers": first_timers(gathering),
        "swapping": _chosen(rounds, request.GET.get("swap")),
        "first_planned": next((round.number for round in rounds if round.state == Round.State.PLANNED), None),
        "meets_fewest": [(key, names[key]) for key in fewest if key in names],
    }


def _laid(round: Round) -> list[tuple[int, list[Seat]]]:
    """The round's tables in order, from the prefetched seats."""
    tables = defaultdict(list)
    for seat in round.seats.all():
        tables[seat.table].append(seat)
    return sorted(tables.items())


def _has_left_or_come(rounds, people) -> bool:
    """Whether the last round that is not over seats others than those who are here."""
    left = [tables for round, tables in rounds if round.state != Round.State.HELD]
    return bool(left) and {seat.person_id for _number, seats in left[-1] for seat in seats} != set(people)


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
def remix(request, pk):
    planning.remix(_find(request, pk), by=request.user)
    return redirect("mixing:plan", pk)


@login_required
@require_safe
def search(request, pk):
    """How far the search is, asked about once a second; when the tables changed they come along."""
    gathering = _find(request, pk)
    if not request.htmx:
        return redirect(f"{reverse('mixing:plan', args=[pk])}#search")
    return _show_search(request, gathering, seen=request.GET.get("version"))


def _show_search(request, gathering, seen):
    plan = get_object_or_404(Plan.objects.select_related("search"), gathering=gathering)
    progress = progress_of(plan)
    context = {"gathering": gathering, "plan": plan, "progress": progress}
    if str(plan.version) != seen:
        context |= {**_tables(request, gathering, plan), "is_fresh": True}
    return render(request, "mixing/search.html#now", context)


@login_required
@require_POST
def end_search(request, pk):
    gathering = _find(request, pk)
    looking = get_object_or_404(Search.objects.select_related("plan__gathering"), plan__gathering=gathering)
    searching.stop(looking, by=request.user)
    if request.htmx:
        return _show_search(request, gathering, seen=request.POST.get("version"))
    return redirect("mixing:plan", pk)


@login_required
@require_safe
def person(request, pk, person_pk):
    """Why somebody sits where they sit."""
    gathering = _find(request, pk)
    plan = get_object_or_404(Plan.objects.select_related("gathering__circle"), gathering=gathering)
    told = seats_of(plan, person_pk, request.user)
    if told is None:
        raise Http404
    return render(request, "mixing/person.html", {"gathering": gathering, "told": told})


@login_required
@require_POST
def publish(request, pk, number):
    rounds.publish(_round(request, pk, number), by=request.user)
    return redirect("mixing:plan", pk)


@login_required
@require_POST
def hold(request, pk, number):
    rounds.hold(_round(request, pk, number), by=request.user)
    return redirect("mixing:plan", pk)


@login_required
@require_POST
def pin(request, pk, seat, is_pinned):
    seat = _seat(request, pk, seat)
    rounds.pin(seat, by=request.user, is_pinned=is_pinned)
    return redirect(f"{reverse('mixing:plan', args=[pk])}#round-{seat.round.number}")


@login_required
@require_POST
def swap(request, pk, seat):
    seat = _seat(request, pk, seat)
    rounds.swap(seat, _seat(request, pk, request.POST.get("with", "")), by=request.user)
    return redirect(f"{reverse('mixing:plan', args=[pk])}#round-{seat.round.number}")


@login_required
@require_safe
def cards(request, pk, number):
    """Table cards to print: the number, who sits there, the two questions everybody begins with, and one more."""
    round = _round(request, pk, number)
    language = round.plan.gathering.circle.language
    openers = packs.current().openers(language)
    tables = tables_of(round)
    gathering = round.plan.gathering
    context = {
        "gathering": gathering,
        "round": round,
        # A format may ask for first names only, and so does a rule: cards lie open on the tables.
        "has_full_names": round.group_size is None and gathering.allows(Surface.PAPER_NAMES),
        "tables": [
            (table, people, *card_questions.for_table(openers, table, len(tables), number))
            for table, people in tables
        ],
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
    return get_object_or_404(
        Seat.objects.select_related("round__plan__gathering", "person"),
        round__plan__gathering=_find(request, pk),
        pk=whole_number(str(key)),
    )
