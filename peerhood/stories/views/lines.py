"""One line of each who was there. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.gatherings import confidentiality, looking_back
from peerhood.gatherings.confidentiality import Surface
from peerhood.gatherings.models import Gathering
from peerhood.stories.recaps import lines
from peerhood.stories.recaps.forms import LineForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_line(request, pk):
    gathering = _gathering(request, pk)
    if not looking_back.was_there(gathering, request.user):
        raise PermissionDenied
    form, found = LineForm(request.POST if request.method == "POST" else None), []
    if form.is_valid():
        try:
            lines.add(gathering, form.cleaned_data["line"], by=request.user, is_sure="sure" in request.POST)
        except lines.Named as named:
            found = named.found
        else:
            messages.success(
                request, _("Thank you. Your line is in it, and nobody can tell that it is yours.")
            )
            return redirect("stories:list")
    context = {
        "gathering": gathering,
        "form": form,
        "names": found,
        "may_add": lines.may_add(gathering, request.user),
        "fewest": confidentiality.fewest(gathering.level, Surface.FEWEST_NOTES),
    }
    return render(request, "stories/line.html", context, status=422 if form.errors or found else 200)


@login_required
@require_POST
def take_out(request, pk):
    gathering = _gathering(request, pk)
    lines.take_out(gathering, request.POST.get("line", ""), by=request.user)
    messages.success(request, _("The line is out."))
    return redirect(gathering.stories.order_by("pk").first() or gathering)


def _gathering(request, pk):
    return get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
