"""The organiser's side: a series, a draft, and the moment it is announced or called off."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import planning, series_templates
from peerhood.gatherings.forms.hosting import OnlineForm
from peerhood.gatherings.forms.series import SeriesForm
from peerhood.gatherings.permissions import can_draft
from peerhood.gatherings.series import scheduling
from peerhood.gatherings.views import finding
from peerhood.platform.whole_numbers import whole_number


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, slug):
    """Choose a series and get its next gathering as a draft, or a template to make a series from."""
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    if not can_draft(request.user, circle):
        raise PermissionDenied
    if request.method == "POST":
        series = get_object_or_404(circle.series, pk=whole_number(request.POST.get("series", "")))
        return redirect("gatherings:edit", scheduling.draft(series, by=request.user).pk)
    context = {
        "circle": circle,
        "choices": scheduling.next_starts_in(circle),
        "saved_agendas": circle.saved_agendas.all(),
        "templates": [_spoken(template, circle) for template in series_templates.every().values()],
        "may_organise": can_organise(request.user, circle),
    }
    return render(request, "gatherings/new.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_series(request, slug, template):
    """Set up a series from a template we ship."""
    circle = _organised(request, slug)
    chosen = series_templates.every().get(template)
    if chosen is None:
        raise Http404
    return _begin(request, circle, _first_answers(chosen), _spoken(chosen, circle), template=template)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_series_of_own(request, slug, saved_pk):
    """Set up a series from an agenda the circle has saved."""
    circle = _organised(request, slug)
    saved = get_object_or_404(circle.saved_agendas, pk=saved_pk)
    first_answers = {"weekday": 3, "week_of_month": 3}
    return _begin(request, circle, first_answers, _spoken_saved(saved), saved_agenda=saved)


def _organised(request, slug):
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    return circle


def _begin(request, circle, first_answers, shown, **source):
    """Ask how often it meets; the first gathering is drafted at once where its day is known."""
    form = SeriesForm(finding.posted(request), initial=first_answers)
    if request.method == "POST" and form.is_valid():
        series = scheduling.schedule(circle, by=request.user, **source, **form.cleaned_data)
        if series.is_floating():
            return redirect(series)
        return redirect("gatherings:edit", scheduling.draft(series, by=request.user).pk)
    context = {"circle": circle, "form": form, "template": shown}
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


def _spoken_saved(saved):
    lines = [(line["kind"], line["title"], line["minutes"]) for line in saved.lines]
    return {"name": saved.name, "about": "", "length": saved.length, "lines": lines}


@login_required
@require_POST
def publication(request, pk):
    gathering, anyway = finding.visible(request, pk), "anyway" in request.POST
    planning.publish(gathering, by=request.user, anyway=anyway, purpose=request.POST.get("purpose", "")[:200])
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
@require_http_methods(["GET", "HEAD", "POST"])
def moving_online(request, pk):
    """Asks first, and for the link: everybody who holds a place gets a mail."""
    gathering = finding.hosted(request, pk)
    form = OnlineForm(finding.posted(request), initial={"online_url": gathering.online_url})
    if request.method == "POST" and form.is_valid():
        planning.move_online(gathering, form.cleaned_data["online_url"], by=request.user)
        return redirect("gatherings:detail", pk)
    context = {"gathering": gathering, "form": form}
    return render(request, "gatherings/moving_online.html", context, status=422 if form.errors else 200)
