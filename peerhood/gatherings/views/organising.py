"""The organiser's side: a series, a draft, and the moment it is announced or called off."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import planning, rsvp, series_templates
from peerhood.gatherings.forms import CapacityForm, SeriesForm
from peerhood.gatherings.permissions import can_draft
from peerhood.gatherings.views import finding


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    """Choose a series and get its next gathering as a draft, or a template to make a series from."""
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    if not can_draft(request.user, circle):
        raise PermissionDenied
    if request.method == "POST":
        number = request.POST.get("series", "")
        series = get_object_or_404(circle.series, pk=number if number.isdecimal() else 0)
        return redirect("gatherings:edit", planning.draft(series, by=request.user).pk)
    context = {
        "circle": circle,
        "choices": [(series, planning.next_start(series)) for series in circle.series.all()],
        "templates": [_spoken(template, circle) for template in series_templates.every().values()],
        "may_organise": can_organise(request.user, circle),
    }
    return render(request, "gatherings/new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_series(request, slug, template):
    """Set up a series from a template; its first gathering is drafted at once."""
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    chosen = series_templates.every().get(template)
    if chosen is None:
        raise Http404
    form = SeriesForm(finding.posted(request), initial=_first_answers(chosen))
    if request.method == "POST" and form.is_valid():
        series = planning.schedule(circle, by=request.user, template=template, **form.cleaned_data)
        return redirect("gatherings:edit", planning.draft(series, by=request.user).pk)
    context = {"circle": circle, "form": form, "template": _spoken(chosen, circle)}
    return render(request, "gatherings/new_series.html", context, status=422 if form.errors else 200)


def _first_answers(template):
    return {
        "cadence": template.cadence,
        "weekday": 3,
        "week_of_month": 3,
        "starts_at_time": template.starts_at,
        "capacity": template.capacity,
    }


def _spoken(template, circle):
    """The template in the circle's own language, for that is what a draft is written in."""
    return {
        "key": template.key,
        "name": series_templates.said(template.names, circle.language),
        "about": series_templates.said(template.abouts, circle.language),
        "length": template.length,
        "lines": [
            (line.kind, series_templates.said(line.titles, circle.language), line.minutes)
            for line in template.lines
        ],
    }


@login_required
@require_POST
def publication(request, pk):
    planning.publish(finding.visible(request, pk), by=request.user, anyway="anyway" in request.POST)
    return redirect("gatherings:detail", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request, pk):
    """Asks first: everybody who holds a place gets a mail."""
    gathering = finding.hosted(request, pk)
    if request.method != "POST":
        return render(request, "gatherings/cancellation.html", {"gathering": gathering})
    planning.cancel(gathering, by=request.user)
    return redirect("gatherings:detail", pk)


@login_required
@require_POST
def capacity(request, pk):
    form = CapacityForm(request.POST)
    if form.is_valid():
        rsvp.resize(finding.visible(request, pk), form.cleaned_data["capacity"], by=request.user)
        return redirect("gatherings:guests", pk)
    gathering = finding.hosted(request, pk)
    return render(request, "gatherings/capacity.html", {"gathering": gathering, "form": form}, status=422)
