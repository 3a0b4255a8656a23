"""Count a gathering, count something else, change it, take it away."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.gatherings.models import Gathering
from peerhood.growth import putting_away, queries, recording, telling
from peerhood.growth.forms import AttendedForm, OwnForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attended(request, pk):
    gathering = _attended(request, pk)
    mine = queries.entries_of(request.user).filter(gathering=gathering).first()
    if mine and request.method != "POST":
        return redirect(mine)
    proposed = Decimal(max(recording.quarters_of(gathering), 1)) / 4
    form = AttendedForm(request.POST or None, initial={"hours": proposed})
    if form.is_valid():
        entry = recording.record_attendance(gathering, by=request.user, **form.said())
        messages.success(request, _("Counted."))
        return redirect(entry)
    return _form(request, form, gathering=gathering)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    form = OwnForm(request.POST or None, initial={"day": localdate()})
    if form.is_valid():
        entry = recording.record(by=request.user, **form.said())
        messages.success(request, _("Counted."))
        return redirect(entry)
    return _form(request, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, pk):
    found = _entry(request, pk)
    as_it_was = telling.as_text(found)
    # What comes from a gathering keeps its name and its day.
    kind = AttendedForm if found.gathering_id else OwnForm
    form = kind(request.POST or None, instance=found)
    if form.is_valid():
        recording.change(found, by=request.user, **form.said())
        messages.success(request, _("Saved."))
        return redirect(found)
    return _form(request, form, entry=found, text=as_it_was)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, pk):
    found = _entry(request, pk)
    if request.method == "POST":
        recording.remove(found, by=request.user)
        messages.success(request, _("Taken away."))
        return redirect("growth:hours")
    return render(request, "growth/remove_entry.html", {"entry": found})


@login_required
@require_POST
def put_away(request, pk):
    putting_away.put_away(_attended(request, pk), by=request.user)
    messages.success(request, _("Put away. It is below, should you want it back."))
    return redirect("growth:hours")


@login_required
@require_POST
def bring_back(request, pk):
    putting_away.bring_back(_attended(request, pk), by=request.user)
    messages.success(request, _("It is proposed again."))
    return redirect("growth:hours")


def _attended(request, pk):
    gathering = get_object_or_404(Gathering.objects.select_related("circle"), pk=pk)
    if not recording.was_there(request.user, gathering):
        raise Http404
    return gathering


def _entry(request, pk):
    return get_object_or_404(queries.entries_of(request.user), pk=pk)


def _form(request, form, **about):
    context = {"form": form, "not_a_provider": telling.not_a_provider(), **about}
    return render(request, "growth/entry.html", context, status=422 if form.errors else 200)
