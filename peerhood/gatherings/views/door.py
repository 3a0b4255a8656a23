"""The host's list at the door: newcomers first, one tap in, one tap back."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings import door, queries
from peerhood.gatherings.forms import WalkInForm
from peerhood.gatherings.permissions import can_greet
from peerhood.gatherings.views import finding

ROWS = 100


@login_required
@require_safe
def show(request, pk):
    gathering = finding.visible(request, pk)
    if not can_greet(request.user, gathering):
        raise PermissionDenied
    template = "gatherings/door.html#list" if request.htmx else "gatherings/door.html"
    return render(request, template, _list_of(gathering, request) | {"walk_in_form": WalkInForm()})


def _list_of(gathering, request):
    wanted = request.GET
    first_timers = queries.first_timers(gathering)
    rsvps = queries.with_homes(gathering.rsvps.going(), request.user)
    rsvps = rsvps.select_related("person", "greeter").prefetch_related("person__affiliations__employer")
    if search := wanted.get("q", "").strip():
        rsvps = rsvps.filter(person__name__icontains=search)
    new_first = Case(When(person__in=first_timers, then=Value(0)), default=Value(1))
    page = Paginator(rsvps.order_by(new_first, "person__name", "pk"), ROWS).get_page(wanted.get("page"))
    for rsvp in page.object_list:
        _say_if_new(rsvp, first_timers)
    return {"gathering": gathering, "page": page, "search": search} | _counts(gathering)


def _say_if_new(rsvp, first_timers):
    rsvp.is_first_time = rsvp.person_id in first_timers


def _counts(gathering):
    return {"here_count": gathering.rsvps.checked_in().count(), "going_count": gathering.going_count}


@login_required
@require_POST
def mark(request, pk, rsvp_pk, act):
    """``act`` is door.check_in or door.undo; the URL decides."""
    gathering = finding.visible(request, pk)
    rsvps = queries.with_homes(gathering.rsvps.select_related("person", "greeter"), request.user)
    rsvp = act(get_object_or_404(rsvps, pk=rsvp_pk), by=request.user)
    if not request.htmx:
        return redirect("gatherings:door", pk)
    _say_if_new(rsvp, queries.first_timers(gathering))
    context = {"gathering": gathering, "rsvp": rsvp} | _counts(gathering)
    return render(request, "gatherings/door.html#marked", context)


@login_required
@require_POST
def walk_in(request, pk):
    gathering = finding.visible(request, pk)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        context = _list_of(gathering, request) | {"walk_in_form": form}
        if not can_greet(request.user, gathering):
            raise PermissionDenied
        return render(request, "gatherings/door.html", context, status=422)
    door.walk_in(gathering, form.cleaned_data["name"], email=form.cleaned_data["email"], by=request.user)
    return redirect("gatherings:door", pk)
