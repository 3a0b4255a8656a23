"""A series: its page for members, its settings for organisers, and who comes to every one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise, is_inside
from peerhood.gatherings.forms.series import WEEKDAYS, WEEKS, ChangeSeriesForm, DateForm
from peerhood.gatherings.models import Gathering, Series
from peerhood.gatherings.permissions import can_draft
from peerhood.gatherings.series import scheduling, standing
from peerhood.gatherings.views import finding

# A year ahead of a monthly series, and some.
ROWS = 24


@login_required
@require_safe
def show(request, pk):
    return _page(request, _find(request, pk), DateForm())


def _page(request, series, date_form, status=200):
    circle = series.circle
    to_come = Gathering.objects.visible_to(request.user).filter(series=series, ends_at__gt=timezone.now())
    may_draft = can_draft(request.user, circle)
    context = {
        "series": series,
        "circle": circle,
        "weekday": dict(WEEKDAYS)[series.weekday],
        "week": dict(WEEKS)[series.week_of_month],
        "to_come": to_come.exclude(state=Gathering.State.CANCELLED).order_by("starts_at", "pk")[:ROWS],
        "plans": scheduling.coming_starts(series),
        "stands": standing.stands(request.user, series),
        "may_draft": may_draft,
        "may_organise": can_organise(request.user, circle),
        "standing_count": series.standing_rsvps.count() if may_draft else 0,
        "date_form": date_form,
    }
    with timezone.override(circle.time_zone):
        return render(request, "gatherings/series.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    series = _find(request, pk)
    if not can_organise(request.user, series.circle):
        raise PermissionDenied
    form = ChangeSeriesForm(finding.posted(request), instance=series)
    if request.method == "POST" and form.is_valid():
        scheduling.change(series, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. What is drafted already stays as it is."))
        return redirect(series)
    context = {"series": series, "circle": series.circle, "form": form}
    return render(request, "gatherings/edit_series.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def draft(request, pk):
    """Draft its next gathering, or one on the date that was typed."""
    series = _find(request, pk)
    form = DateForm(request.POST)
    with timezone.override(series.circle.time_zone):
        if not form.is_valid():
            return _page(request, series, form, status=422)
        starts_at = form.cleaned_data["starts_at"]
    return redirect("gatherings:edit", scheduling.draft(series, by=request.user, starts_at=starts_at).pk)


@login_required
@require_POST
def draft_year(request, pk):
    series = _find(request, pk)
    count = len(scheduling.draft_year(series, by=request.user))
    said = ngettext("%(count)d date is drafted.", "%(count)d dates are drafted.", count)
    messages.success(request, said % {"count": count})
    return redirect(series)


@login_required
@require_POST
def stand(request, pk, act):
    """``act`` is standing.stand or standing.stop."""
    series = _find(request, pk)
    act(series, request.user)
    return redirect(series)


def _find(request, pk):
    """The series, for members of its circle."""
    visible = Circle.objects.visible_to(request.user)
    found = Series.objects.filter(circle__in=visible).select_related("circle", "saved_agenda")
    series = get_object_or_404(found, pk=pk)
    if not is_inside(request.user, series.circle):
        raise PermissionDenied
    return series
