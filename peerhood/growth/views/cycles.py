"""The cycles of one's certifications."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.growth import cycles
from peerhood.growth.forms import CycleForm
from peerhood.growth.models import Cycle


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request):
    return _edit(request, Cycle(person=request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    return _edit(request, get_object_or_404(request.user.cpd_cycles, pk=pk))


@login_required
@require_POST
def remove(request, pk):
    cycles.remove(get_object_or_404(request.user.cpd_cycles, pk=pk), by=request.user)
    messages.success(request, _("Taken away. Your hours are still there."))
    return redirect("growth:hours")


def _edit(request, cycle):
    form = CycleForm(request.POST or None, instance=cycle)
    if form.is_valid():
        cycles.keep(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("growth:hours")
    context = {"form": form, "cycle": cycle}
    return render(request, "growth/cycle.html", context, status=422 if form.errors else 200)
