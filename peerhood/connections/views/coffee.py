"""A coffee of two: whom one may ask, asking, the answer, and how it went. Each sees their own."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.connections.coffee import answering, asking, following_up, queries
from peerhood.connections.coffee.forms import CoffeeForm

PAGE_SIZE = 20


@login_required
@require_safe
def overview(request):
    page = Paginator(queries.coffees_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "coffees": [(coffee, coffee.the_other(request.user)) for coffee in page],
        "takes_invitations": asking.takes_invitations(request.user),
        "circles": queries.circles_with_coffee(request.user),
    }
    return render(request, "connections/coffee/overview.html", context)


@login_required
@require_POST
def choice(request):
    wanted = request.POST.get("wanted") == "yes"
    asking.take_invitations(request.user, wanted=wanted)
    messages.success(
        request, _("You can be asked to coffee.") if wanted else _("You are not asked to coffee any more.")
    )
    return redirect("connections:coffees")


@login_required
@require_safe
def people(request):
    found = asking.may_be_asked_by(request.user).order_by("name", "pk")
    if search := request.GET.get("q", "").replace("\0", "").strip()[:80]:
        found = found.filter(name__icontains=search)
    found = found.prefetch_related("affiliations__employer")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "connections/coffee/people.html", {"page": page, "search": search})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, pk):
    other = get_object_or_404(asking.may_be_asked_by(request.user), pk=pk)
    soon = (localtime() + timedelta(days=7)).replace(hour=9, minute=0)
    initial = {"first_at": soon, "second_at": soon + timedelta(days=2, hours=6)}
    form = CoffeeForm(request.POST or None, asker=request.user, asked=other, initial=initial)
    if form.is_valid():
        coffee = asking.ask(request.user, other, **form.cleaned_data)
        messages.success(request, _("%(name)s has your invitation.") % {"name": other})
        return redirect("connections:coffee", coffee.pk)
    context = {"form": form, "other": other, "why_not": asking.why_not(request.user, other)}
    return render(request, "connections/coffee/ask.html", context, status=422 if form.errors else 200)


def _mine(request, pk):
    return get_object_or_404(queries.coffees_of(request.user), pk=pk)


@login_required
@require_safe
def detail(request, pk):
    coffee = _mine(request, pk)
    context = {
        "coffee": coffee,
        "other": coffee.the_other(request.user),
        "i_asked": coffee.asker_id == request.user.pk,
        "i_met": coffee.met(request.user),
        "times": coffee.times_left(),
    }
    return render(request, "connections/coffee/detail.html", context)


@login_required
@require_POST
def accept(request, pk):
    coffee = _mine(request, pk)
    at = coffee.second_at if request.POST.get("time") == "second" else coffee.first_at
    answering.accept(coffee, request.user, at)
    messages.success(request, _("Agreed. It is on its way to both calendars."))
    return redirect("connections:coffee", pk)


@login_required
@require_POST
def decline(request, pk):
    answering.decline(_mine(request, pk), request.user)
    messages.success(request, _("Not this time. That is all they read, and no reason is asked for."))
    return redirect("connections:coffees")


@login_required
@require_POST
def call_off(request, pk):
    coffee = answering.call_off(_mine(request, pk), request.user)
    is_taken_back = coffee.state == coffee.State.WITHDRAWN
    messages.success(
        request,
        _("Your invitation is taken back.")
        if is_taken_back
        else _("It is called off, and taken out of both calendars."),
    )
    return redirect("connections:coffees")


@login_required
@require_POST
def met(request, pk):
    following_up.say(_mine(request, pk), request.user, met=request.POST.get("met") == "yes")
    messages.success(request, _("Noted. Only you see what you say here."))
    return redirect("connections:coffee", pk)
