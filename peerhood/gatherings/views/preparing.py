"""The preparation pack: read by those who come and those who belong, written by those who run the gathering."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peerhood.gatherings.coming import preparing
from peerhood.gatherings.forms.preparing import PreparationForm
from peerhood.gatherings.models import Preparation
from peerhood.gatherings.permissions import standing_of
from peerhood.gatherings.views import finding


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    gathering = finding.visible(request, pk)
    standing = standing_of(request.user, gathering)
    if not standing.can_see_guests() or (request.method == "POST" and not standing.can_host()):
        raise PermissionDenied
    pack = Preparation.objects.filter(gathering=gathering).first() or Preparation(gathering=gathering)
    form = PreparationForm(finding.posted(request), instance=pack) if standing.can_host() else None
    if request.method == "POST" and form and form.is_valid():
        preparing.write(gathering, by=request.user, **form.cleaned_data)
        messages.success(request, _("Written down. Those who come read it here."))
        return redirect("gatherings:preparation", pk)
    # Whoever wrote it is no reader.
    if request.method == "GET" and pack.pk and not standing.can_host():
        preparing.look(pack, request.user)
    context = {
        "gathering": gathering,
        "pack": preparing.pack_of(gathering),
        "presented": preparing.presented_at(gathering),
        "form": form,
        "looks_count": pack.looks.count() if form and pack.pk else 0,
    }
    return render(
        request, "gatherings/preparation.html", context, status=422 if form and form.errors else 200
    )
