"""Outside events of a circle, for its members: the list, one event, and whether one is going."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.queries import circles_of
from peerhood.growth.models import OutsideEvent
from peerhood.growth.outside import calendars, going, listing
from peerhood.growth.outside.forms import OutsideEventForm

ON_A_PAGE = 20


def _circle(request, slug):
    """The circle, from inside."""
    return get_object_or_404(circles_of(request.user), slug=slug)


def _event(request, slug, pk):
    events = OutsideEvent.objects.visible_to(request.user).select_related("circle", "listed_by")
    return get_object_or_404(events, circle__slug=slug, pk=pk)


@login_required
@require_safe
def events(request, slug):
    circle, is_past = _circle(request, slug), request.GET.get("past") == "1"
    seen = OutsideEvent.objects.visible_to(request.user).filter(circle=circle).select_related("circle")
    page = Paginator(seen.past() if is_past else seen.upcoming(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"circle": circle, "page": page, "is_past": is_past}
    return render(request, "growth/outside/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, slug):
    circle, form = _circle(request, slug), OutsideEventForm(request.POST or None)
    if form.is_valid():
        messages.success(request, _("Listed."))
        return redirect(listing.list_event(circle, by=request.user, **form.said()))
    return _form(request, form, circle=circle)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug, pk):
    event = _event(request, slug, pk)
    if not listing.may_change(request.user, event):
        raise PermissionDenied
    title = event.title
    form = OutsideEventForm(request.POST or None, instance=event)
    if form.is_valid():
        listing.change(event, by=request.user, **form.said())
        messages.success(request, _("Saved."))
        return redirect(event)
    return _form(request, form, circle=event.circle, event=event, title=title)


def _form(request, form, **about):
    status = 422 if form.errors else 200
    return render(request, "growth/outside/edit.html", {"form": form, **about}, status=status)


@login_required
@require_safe
def event(request, slug, pk):
    found = _event(request, slug, pk)
    others = going.shown_to(request.user, found)
    context = {
        "event": found,
        "mine": going.said_by(request.user, found),
        "page": Paginator(others, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_change": listing.may_change(request.user, found),
    }
    return render(request, "growth/outside/detail.html", context)


@login_required
@require_POST
def say(request, slug, pk, act):
    """``act`` is one of those in ``going``; the URL decides."""
    found = _event(request, slug, pk)
    act(found, request.user)
    messages.success(request, _("Saved."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, slug, pk):
    found = _event(request, slug, pk)
    if not listing.may_change(request.user, found):
        raise PermissionDenied
    if request.method == "POST":
        listing.remove(found, by=request.user)
        messages.success(request, _("Removed."))
        return redirect("growth:outside_events", slug)
    return render(request, "growth/outside/remove.html", {"event": found})


@login_required
@require_safe
def calendar(request, slug, pk):
    return HttpResponse(
        calendars.file_of(_event(request, slug, pk)),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="event.ics"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )
