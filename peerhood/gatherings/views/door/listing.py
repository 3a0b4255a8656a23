"""The list at the door: newcomers first, one tap in, one tap back. It works with nothing but forms."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings import door, queries
from peerhood.gatherings.arriving import at_the_door, numbers
from peerhood.gatherings.forms.door import WalkInForm
from peerhood.gatherings.permissions import can_greet
from peerhood.gatherings.views import finding

ROWS = 100


def greeted(request, pk):
    """The gathering for somebody who stands at its door; 403 for others who may know of it."""
    gathering = finding.visible(request, pk)
    if not can_greet(request.user, gathering):
        raise PermissionDenied
    return gathering


@login_required
@require_safe
def show(request, pk):
    gathering = greeted(request, pk)
    template = "gatherings/door.html#list" if request.htmx else "gatherings/door.html"
    return render(request, template, list_of(gathering, request) | {"walk_in_form": WalkInForm()})


def list_of(gathering, request, rows=ROWS):
    search = request.GET.get("q", "").strip()
    found = at_the_door.expected(gathering, request.user, search)
    page = Paginator(found, rows).get_page(request.GET.get("page"))
    return _known(gathering, page.object_list) | {"page": page, "search": search}


def row_of(gathering, request, rsvp_pk):
    """One row of it, looked up anew."""
    rsvp = get_object_or_404(at_the_door.expected(gathering, request.user), pk=rsvp_pk)
    return _known(gathering, [rsvp]) | {"rsvp": rsvp}


def _known(gathering, rsvps):
    first_timers = queries.first_timers(gathering)
    for rsvp in rsvps:
        rsvp.is_first_time = rsvp.person_id in first_timers
        rsvp.named_guests = at_the_door.named_guests(rsvp)
        rsvp.nameless_count = rsvp.guests_count - len(rsvp.named_guests)
        rsvp.found_by = at_the_door.found_by(rsvp)
    return {"gathering": gathering, "numbers": numbers.of(gathering)}


@login_required
@require_POST
def mark(request, pk, rsvp_pk, act):
    """``act`` is door.check_in or door.undo; the URL decides."""
    gathering = finding.visible(request, pk)
    act(get_object_or_404(gathering.rsvps.select_related("person"), pk=rsvp_pk), by=request.user)
    if not request.htmx:
        return redirect("gatherings:door", pk)
    return render(request, "gatherings/door.html#marked", row_of(gathering, request, rsvp_pk))


@login_required
@require_POST
def walk_in(request, pk):
    gathering = greeted(request, pk)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        context = list_of(gathering, request) | {"walk_in_form": form}
        return render(request, "gatherings/door.html", context, status=422)
    door.walk_in(gathering, form.cleaned_data["name"], email=form.cleaned_data["email"], by=request.user)
    return redirect("gatherings:door", pk)
