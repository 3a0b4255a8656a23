"""Holding a gathering together: the hosts' page to ask from, and the page where the other circle answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.permissions import can_organise
from peerhood.gatherings import co_hosting, queries
from peerhood.gatherings.forms.hosting import AnotherCircleForm
from peerhood.gatherings.models import CoHosting, Gathering
from peerhood.gatherings.permissions import can_ask_another
from peerhood.gatherings.views import finding


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def together(request, pk):
    gathering = finding.hosted(request, pk)
    circles = co_hosting.circles_to_ask(gathering, request.user)
    form = AnotherCircleForm(finding.posted(request), circles=circles)
    if request.method == "POST" and form.is_valid():
        co_hosting.ask(gathering, form.cleaned_data["circle"], by=request.user)
        messages.success(request, _("Asked. Their organisers have a mail."))
        return redirect("gatherings:together", pk)
    asked = queries.co_hostings_for(request.user).filter(gathering=gathering)
    context = {
        "gathering": gathering,
        "asked": asked.exclude(state=CoHosting.State.WITHDRAWN)
        .select_related("circle")
        .order_by("asked_at", "pk"),
        "may_ask": can_ask_another(request.user, gathering) and not gathering.has_begun(),
        "form": form,
    }
    return render(request, "gatherings/together.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def show(request, pk):
    asked = _find(request, pk)
    gathering = asked.gathering
    context = {
        "co_hosting": asked,
        "gathering": gathering,
        "may_answer": can_organise(request.user, asked.circle),
        "may_part": co_hosting.may_withdraw(request.user, asked),
        "is_late": gathering.has_begun() or gathering.is_cancelled(),
        "may_see_gathering": Gathering.objects.visible_to(request.user).filter(pk=gathering.pk).exists(),
    }
    return render(request, "gatherings/co_hosting.html", context)


@login_required
@require_POST
def answer(request, pk, act):
    """``act`` is co_hosting.agree, decline or withdraw; the URL decides."""
    asked = act(_find(request, pk), by=request.user)
    if asked.is_agreed():
        messages.success(request, _("It is a gathering of both circles now."))
        return redirect(asked.gathering)
    messages.success(request, _("Done. Whom it concerns has a mail."))
    return redirect(asked.circle if can_organise(request.user, asked.circle) else asked.gathering)


def _find(request, pk):
    found = queries.co_hostings_for(request.user).select_related("gathering__circle", "circle", "asked_by")
    return get_object_or_404(found, pk=pk)
