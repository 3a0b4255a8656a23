"""One's own ladder, and the card one drew. Each sees their own; there is no door to another's."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.connections.confidence import dares
from peerhood.connections.confidence import ladder as climbing
from peerhood.connections.models import Dare
from peerhood.gatherings.models import Gathering


@login_required
@require_safe
def ladder(request):
    standings = climbing.ladder_of(request.user)
    step = climbing.next_step(standings)
    soon = Gathering.objects.upcoming().filter(rsvps__person=request.user, rsvps__status="going")
    context = {
        "standings": standings,
        "step": step,
        "step_link": climbing.link_to(step.rung, request.user) if step else "",
        "soon": soon.select_related("circle")[:3],
    }
    return render(request, "connections/confidence/ladder.html", context)


@login_required
@require_POST
def tick(request, rung):
    if rung not in climbing.KEYS:
        raise Http404
    act = climbing.untick if request.POST.get("undo") else climbing.tick
    act(request.user, rung)
    return redirect("connections:ladder")


def _gathering(request, pk):
    """One this person has a seat at, or drew a card for."""
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not dares.may_draw(gathering, request.user) and not dares.drawn_for(gathering, request.user):
        raise Http404
    return gathering


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dare(request, pk):
    """A tap draws a card; looking draws none."""
    gathering = _gathering(request, pk)
    if request.method == "POST":
        dares.draw(gathering, request.user)
        return redirect("connections:dare", pk)
    drawn = dares.drawn_for(gathering, request.user)
    context = {
        "gathering": gathering,
        "may_draw": dares.may_draw(gathering, request.user),
        "in_hand": next((dares.sentence(one.card) for one in drawn if one.state == Dare.State.DRAWN), ""),
        "done": [dares.sentence(one.card) for one in drawn if one.state == Dare.State.DONE],
    }
    return render(request, "connections/confidence/dare.html", context)


@login_required
@require_POST
def answer_dare(request, pk):
    dares.answer(_gathering(request, pk), request.user, request.POST.get("state", ""))
    return redirect("connections:dare", pk)
