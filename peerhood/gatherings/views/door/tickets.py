"""The ticket somebody shows at the door, and the page its code opens."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from peerhood.design import qr
from peerhood.gatherings import door
from peerhood.gatherings.arriving import tickets
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_greet
from peerhood.gatherings.views import finding
from peerhood.gatherings.views.door.listing import row_of


@login_required
@require_safe
def show(request, pk):
    """One's own; whoever has no seat in the room is told where they stand instead."""
    gathering = finding.visible(request, pk)
    rsvp = gathering.rsvps.going().filter(person=request.user).first()
    if not tickets.is_needed(rsvp):
        return redirect("gatherings:placed", pk)
    context = {"gathering": gathering, "rsvp": rsvp, "code": qr.drawn(tickets.address_of(rsvp), border=4)}
    return render(request, "gatherings/ticket.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request, pk, token):
    """Any camera opens this. A code of ours and one that is made up look the same to all but greeters."""
    if request.method == "POST":
        return _check_in(request, pk, token)
    gathering = Gathering.objects.visible_to(request.user).select_related("circle").filter(pk=pk).first()
    if gathering is None or not can_greet(request.user, gathering):
        return render(request, "gatherings/shown_at_the_door.html", status=404)
    rsvp = tickets.rsvp_of(token, gathering)
    if rsvp is None or not rsvp.is_going():
        context = {"gathering": gathering, "rsvp": rsvp}
        return render(request, "gatherings/no_ticket.html", context, status=404)
    return render(request, "gatherings/arrival.html", row_of(gathering, request, rsvp.pk))


def _check_in(request, pk, token):
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    gathering = finding.visible(request, pk)
    rsvp = tickets.rsvp_of(token, gathering)
    if rsvp is None:
        raise Http404
    act = door.undo if "undo" in request.POST else door.check_in
    act(rsvp, by=request.user)
    return redirect(request.path)
