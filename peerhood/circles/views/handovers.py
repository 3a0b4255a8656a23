"""Handing over: an organiser asks a member, and that member answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles import handing_over, queries
from peerhood.circles.forms import HandoverForm
from peerhood.circles.models import Handover
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power


@login_required
@require_http_methods(["GET", "POST"])
def offer(request, slug):
    circle = _organised(request, slug)
    asked = {"to": request.GET.get("to", "")}
    form = HandoverForm(
        request.POST if request.method == "POST" else None, circle=circle, by=request.user, initial=asked
    )
    if form.is_valid():
        handing_over.offer(by=request.user, **form.cleaned_data)
        return redirect("circles:hand_over", slug)
    offers = Handover.objects.filter(organiser__circle=circle, organiser__person=request.user)
    context = {
        "circle": circle,
        "form": form,
        "last": offers.select_related("to__person").order_by("-created_at", "-pk").first(),
    }
    return render(request, "circles/hand_over.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_back(request, slug):
    handing_over.take_back(_organised(request, slug), by=request.user)
    return redirect("circles:hand_over", slug)


@login_required
@require_http_methods(["GET", "POST"])
def take_over(request, slug):
    """The page says what it means before anybody says yes."""
    circle, handover = _asked(request, slug)
    if request.method == "GET":
        return render(request, "circles/take_over.html", {"circle": circle, "handover": handover})
    handing_over.accept(handover, by=request.user)
    messages.success(request, _("You organise %(circle)s now. Thank you.") % {"circle": circle})
    return redirect(circle)


@login_required
@require_POST
def decline(request, slug):
    circle, handover = _asked(request, slug)
    handing_over.decline(handover, by=request.user)
    messages.success(request, _("Thank you for the answer. Nothing has changed."))
    return redirect(circle)


def _organised(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not may(request.user, Power.HAND_OVER, circle):
        raise PermissionDenied
    return circle


def _asked(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    offers = Handover.objects.offered().select_related("organiser__person")
    handover = offers.filter(to__circle=circle, to__person=request.user).order_by("pk").first()
    if handover is None:
        raise Http404
    return circle, handover
