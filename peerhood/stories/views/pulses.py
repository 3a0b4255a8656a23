"""Pulses, for members of the circle. Answers themselves come in elsewhere (``rooms.pot.door``)."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.permissions import can_organise
from peerhood.rooms.pot import door, drawing, place
from peerhood.stories.models.pulse import Pulse, fewest
from peerhood.stories.pulses import answering, asking
from peerhood.stories.pulses.forms import PulseForm
from peerhood.stories.views.finding import circle_from_inside


def _pulse(request, slug, pk):
    pulses = Pulse.objects.visible_to(request.user).select_related("circle")
    return get_object_or_404(pulses, circle__slug=slug, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, slug):
    circle, form = circle_from_inside(request, slug), PulseForm(request.POST or None)
    if form.is_valid():
        pulse = asking.ask(circle, form.cleaned_data["ask"], by=request.user)
        messages.success(request, _("Asked. In a week you read what came of it."))
        return redirect(pulse)
    context = {"circle": circle, "form": form, "fewest": fewest()}
    return render(request, "stories/pulses/new.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def pulse(request, slug, pk):
    found = _pulse(request, slug, pk)
    is_mine = found.asked_by_id == request.user.pk
    context = {
        "pulse": found,
        "is_mine": is_mine,
        "is_asked": found.takes_answers() and found.asks().filter(person=request.user).exists(),
        "may_remove": is_mine or can_organise(request.user, found.circle),
        "answers": Pulse.Answer.choices,
        "pot_address": door.address(found.key),
        "pot_is_in_memory": place.is_in_memory(settings.POT_SPOOL),
        "fewest": fewest(),
    }
    return render(request, "stories/pulses/detail.html", context)


@login_required
@require_POST
def draw(request, slug, pk):
    """A ticket for whoever asks. What they are told is nobody else's business, and kept nowhere."""
    said = drawing.sealed(partial(answering.draw, _pulse(request, slug, pk), request.user))
    return HttpResponse(said, content_type="application/json", headers={"Cache-Control": "private, no-store"})


@login_required
@require_POST
def remove(request, slug, pk):
    asking.take_back(_pulse(request, slug, pk), by=request.user)
    messages.success(request, _("Removed."))
    return redirect("stories:threads", slug)
