"""Reporting somebody to the organisers, and what organisers read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peerhood.circles import queries, reporting
from peerhood.circles.forms import OutcomeForm, ReportForm
from peerhood.circles.models import Report
from peerhood.circles.permissions import can_organise
from peerhood.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def report(request, pk):
    """Whom one shares a circle with; blocked or not, they can be reported."""
    about = get_object_or_404(Person.objects.sharing_a_circle_with(request.user).distinct(), pk=pk)
    if about == request.user:
        raise PermissionDenied
    circles = reporting.circles_for(request.user, about)
    form = ReportForm(request.POST or None, circles=circles)
    if form.is_valid():
        reporting.report(form.cleaned_data["circle"], about, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Thank you. The organisers read it; they may write to you."))
        return redirect("circles:list")
    context = {"about": about, "form": form, "has_circles": bool(circles)}
    return render(request, "circles/report.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET"])
def list_(request, slug):
    circle = _organised(request, slug)
    found = _readable(request).filter(circle=circle).select_related("by", "about", "closed_by")
    return render(request, "circles/reports.html", {"circle": circle, "reports": found[:200]})


@login_required
@require_http_methods(["GET", "POST"])
def detail(request, slug, pk):
    circle = _organised(request, slug)
    found = get_object_or_404(_readable(request).filter(circle=circle), pk=pk)
    form = OutcomeForm(request.POST or None)
    if form.is_valid():
        reporting.close(found, form.cleaned_data["outcome"], by=request.user)
        return redirect("circles:reports", slug)
    context = {"circle": circle, "report": found, "form": form}
    return render(request, "circles/report_detail.html", context, status=422 if form.errors else 200)


def _readable(request):
    return Report.objects.readable_by(request.user)


def _organised(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    return circle
