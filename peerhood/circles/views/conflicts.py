"""The conflict map, and a member's word about sitting with competitors."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles import competing, queries
from peerhood.circles.forms import CompetitionForm
from peerhood.circles.permissions import can_organise
from peerhood.platform.refusals import Refusal


@login_required
@require_http_methods(["GET", "POST"])
def map_(request, slug):
    """Which employers compete; and who here would, with somebody from an employer one thinks of asking."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    form = CompetitionForm(request.POST or None)
    if form.is_valid():
        try:
            competing.declare(circle, **form.cleaned_data, by=request.user)
            return redirect("circles:conflicts", slug)
        except Refusal as refusal:
            form.add_error("other_name", str(refusal))
    asked = request.GET.get("employer", "").replace("\0", "").strip()[:120]
    context = {
        "circle": circle,
        "form": form,
        "conflicts": competing.map_of(circle, by=request.user),
        "employers": competing.employers_of(circle),
        "asked": asked,
        "rivals": competing.rivals_at(circle, asked, by=request.user) if asked else [],
    }
    return render(request, "circles/conflicts.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request, slug, pk):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    competing.withdraw(get_object_or_404(circle.competitions, pk=pk), by=request.user)
    return redirect("circles:conflicts", slug)


@login_required
@require_POST
def consent(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    membership = get_object_or_404(circle.memberships.inside(), person=request.user)
    may_share = "may_share" in request.POST
    competing.consent(membership, may_share, by=request.user)
    words = (
        _("You may share a table with competitors who said the same.")
        if may_share
        else _("You share no table with competitors.")
    )
    messages.success(request, words)
    return redirect(circle)
