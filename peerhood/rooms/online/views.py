"""Lists for breakout rooms: which there are, and each as a file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_facilitate, can_host
from peerhood.mixing.models import Round
from peerhood.rooms.online import breakouts as lists


@login_required
@require_safe
def breakouts(request, pk):
    gathering = _gathering(request, pk)
    context = {
        "gathering": gathering,
        "rounds": Round.objects.filter(plan__gathering=gathering),
        "programs": lists.PROGRAMS,
        "may_host": can_host(request.user, gathering),
        "is_under_a_rule": not gathering.allows(Surface.PAPER_NAMES),
    }
    return render(request, "rooms/online/breakouts.html", context)


# A list that was taken is written down, and what only asks for the headers takes none.
@login_required
@require_GET
def breakout_list(request, pk, number, program):
    gathering = _gathering(request, pk)
    if program not in lists.PROGRAMS:
        raise Http404
    rounds = Round.objects.select_related("plan__gathering__circle")
    round = get_object_or_404(rounds, plan__gathering=gathering, number=number)
    body = lists.listed(round, lists.PROGRAMS[program], by=request.user)
    return HttpResponse(
        body,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="round-{number}-{program}.csv"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )


def _gathering(request, pk):
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not can_facilitate(request.user, gathering):
        raise PermissionDenied
    return gathering
