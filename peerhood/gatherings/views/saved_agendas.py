"""Agendas that a circle keeps: saved from a gathering, given another name, thrown away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles.models import Circle
from peerhood.circles.permissions import can_organise
from peerhood.gatherings import agenda
from peerhood.gatherings.forms.series import NameForm
from peerhood.gatherings.models import SavedAgenda
from peerhood.gatherings.series import saved_agendas
from peerhood.gatherings.views import finding
from peerhood.platform.refusals import Refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save(request, pk):
    gathering = finding.visible(request, pk)
    _refuse_others(request, gathering.circle)

    def keep(name):
        return saved_agendas.save(gathering, name, by=request.user)

    context = {"gathering": gathering, "circle": gathering.circle, "lines": agenda.lines_of(gathering)}
    return _named(request, "gatherings/save_agenda.html", context, keep, gathering.title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """Its lines, and its name to change."""
    saved = _find(request, pk)

    def rename(name):
        saved_agendas.rename(saved, name, by=request.user)

    context = {"saved": saved, "circle": saved.circle, "lines": saved_agendas.lines_of(saved)}
    return _named(request, "gatherings/saved_agenda.html", context, rename, saved.name)


@login_required
@require_POST
def delete(request, pk):
    saved = _find(request, pk)
    saved_agendas.delete(saved, by=request.user)
    messages.success(request, _("The agenda is thrown away."))
    return redirect("gatherings:new", saved.circle.slug)


def _named(request, template, context, act, name):
    """Ask for a name, and do the act with it; a name that is taken is asked for again."""
    form = NameForm(finding.posted(request), initial={"name": name[:80]})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data["name"])
            except Refusal as refusal:
                form.add_error("name", str(refusal))
                status = 409
            else:
                messages.success(request, _("Saved. You find it where a new series begins."))
                return redirect("gatherings:new", context["circle"].slug)
    return render(request, template, {**context, "form": form}, status=status)


def _find(request, pk):
    """One of a circle this person organises."""
    visible = Circle.objects.visible_to(request.user)
    saved = get_object_or_404(SavedAgenda.objects.filter(circle__in=visible).select_related("circle"), pk=pk)
    _refuse_others(request, saved.circle)
    return saved


def _refuse_others(request, circle):
    if not can_organise(request.user, circle):
        raise PermissionDenied
