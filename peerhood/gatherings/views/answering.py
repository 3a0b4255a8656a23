"""Answering: one button on the gathering's page, and the way in for somebody new."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.gatherings import queries, rsvp
from peerhood.gatherings.forms import AddressForm, PlaceForm
from peerhood.gatherings.permissions import can_attend
from peerhood.gatherings.views import finding
from peerhood.gatherings.views.reading import page_of
from peerhood.people import arrival, profiles


@login_required
@require_POST
def answer(request, pk, act):
    """``act`` is rsvp.attend or rsvp.withdraw; the URL decides."""
    act(finding.visible(request, pk), request.user)
    if request.htmx:
        context = page_of(finding.visible(request, pk), request.user)
        return render(request, "gatherings/detail.html#answered", context)
    return redirect("gatherings:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request, pk):
    """Hold a place, one button; a mail scanner that follows the link changes nothing."""
    gathering = finding.visible(request, pk)
    if not request.user.is_authenticated:
        return _arrive(request, gathering)
    may_attend = can_attend(request.user, gathering)
    form = PlaceForm(finding.posted(request), gathering=gathering, person=request.user)
    if request.method == "POST" and form.is_valid():
        _take_name(request.user, form)
        rsvp.attend(gathering, request.user, form.comes_with())
        return redirect("gatherings:placed", pk)
    held = gathering.rsvps.held().filter(person=request.user).first()
    context = {
        "gathering": gathering,
        "circles": gathering.circles_known_to(request.user),
        "form": form,
        "rsvp": held,
        "may_attend": may_attend,
    }
    return render(request, "gatherings/place.html", context, status=422 if form.errors else 200)


def _arrive(request, gathering):
    """Ask a visitor for their address; they come back to this page signed in."""
    form = AddressForm(finding.posted(request))
    if request.method == "POST" and form.is_valid():
        next_url = reverse("gatherings:place", args=[gathering.pk])
        return arrival.begin(request, form.cleaned_data["email"], next_url=next_url)
    context = {"gathering": gathering, "address_form": form}
    return render(request, "gatherings/arrive.html", context, status=422 if form.errors else 200)


def _take_name(person, form):
    if name := form.cleaned_data.get("name"):
        profiles.change(person, name=name)


@login_required
@require_safe
def placed(request, pk):
    gathering = finding.visible(request, pk)
    held = gathering.rsvps.held().filter(person=request.user).select_related("greeter").first()
    if held is None:
        return redirect("gatherings:detail", pk)
    context = {
        "gathering": gathering,
        "rsvp": held,
        "is_first_time": request.user.pk in queries.first_timers(gathering),
    }
    return render(request, "gatherings/placed.html", context)
