"""The line, as those who run the gathering see it: who asked, who waits, to whom a place is offered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings import rsvp as rsvps
from peerhood.gatherings.coming import choosing, seats, still_coming, wishes
from peerhood.gatherings.forms.hosting import CapacityForm
from peerhood.gatherings.views import finding

ROWS = 100


@login_required
@require_safe
def show(request, pk):
    gathering = finding.hosted(request, pk)
    answers = gathering.rsvps.select_related("person").prefetch_related("person__affiliations__employer")
    in_line = answers.waiting().order_by("part", *seats.order_of(gathering))
    context = {
        "gathering": gathering,
        "applied": list(in_line.filter(eligible_at=None)[:ROWS]),
        "line": list(in_line.eligible()[:ROWS]),
        "offered": answers.offered().order_by("offer_ends_at", "pk"),
        "chooses": gathering.policy == gathering.Policy.BY_CHOICE,
        "capacity_form": None if gathering.is_over() else CapacityForm(gathering=gathering),
        "expected": still_coming.expected_at(gathering),
        "needs": wishes.to_cook_for(gathering),
        "helpers": [one.person for one in answers.going().filter(wants_job=True).order_by("person__name")],
        "quiet": [one.person for one in answers.going().filter(quiet_start=True).order_by("person__name")],
    }
    return render(request, "gatherings/line.html", context)


@login_required
@require_POST
def approve(request, pk, rsvp_pk):
    choosing.approve(_find(request, pk, rsvp_pk), by=request.user)
    return redirect("gatherings:line", pk)


@login_required
@require_POST
def refuse(request, pk, rsvp_pk):
    choosing.refuse(_find(request, pk, rsvp_pk), by=request.user)
    return redirect("gatherings:line", pk)


@login_required
@require_POST
def choose(request, pk, rsvp_pk):
    chosen = choosing.choose(
        _find(request, pk, rsvp_pk), request.POST.get("reason", "")[:300], by=request.user
    )
    messages.success(request, _("%(name)s has heard from us.") % {"name": chosen.person})
    return redirect("gatherings:line", pk)


@login_required
@require_POST
def capacity(request, pk):
    gathering = finding.hosted(request, pk)
    form = CapacityForm(request.POST, gathering=gathering)
    if not form.is_valid():
        return render(request, "gatherings/capacity.html", {"gathering": gathering, "form": form}, status=422)
    rsvps.resize(gathering, by=request.user, **form.cleaned_data)
    return redirect("gatherings:line", pk)


def _find(request, pk, rsvp_pk):
    gathering = finding.visible(request, pk)
    return get_object_or_404(gathering.rsvps.select_related("gathering__circle", "person"), pk=rsvp_pk)
