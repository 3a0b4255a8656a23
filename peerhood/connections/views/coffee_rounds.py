"""A circle's coffee rounds: taking part, how it went, and for organisers the cadence and the numbers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.permissions import can_organise
from peerhood.connections.coffee import following_up, joining, queries, rounds
from peerhood.connections.coffee.forms import CadenceForm, HabitForm
from peerhood.connections.models import CoffeeCadence, CoffeeRound, CoffeeSeat


def _circle(request, slug):
    return get_object_or_404(queries.circles_with_coffee(request.user), slug=slug)


@login_required
@require_safe
def rounds_of(request, slug):
    return _page(request, _circle(request, slug))


def _page(request, circle, form=None):
    read = queries.rounds_for(circle, request.user)
    organises = can_organise(request.user, circle)
    context = {
        "circle": circle,
        "rounds": read,
        "cups": [cup for cup in (read.cup, read.earlier) if cup],
        "form": form or HabitForm(instance=read.habit),
        "organises": organises,
        "numbers": queries.numbers_of(circle) if organises else [],
    }
    status = 422 if form and form.errors else 200
    return render(request, "connections/coffee/rounds.html", context, status=status)


@login_required
@require_POST
def take_part(request, slug, pk, act):
    """``act`` is joining.join or joining.skip; the URL decides."""
    circle = _circle(request, slug)
    act(get_object_or_404(CoffeeRound.objects.filter(circle=circle), pk=pk), request.user)
    is_in = act is joining.join
    messages.success(request, _("You take part in this round.") if is_in else _("Not this round."))
    return redirect("connections:coffee_rounds", slug)


@login_required
@require_POST
def habit(request, slug):
    circle = _circle(request, slug)
    form = HabitForm(request.POST)
    if not form.is_valid():
        return _page(request, circle, form)
    joining.make_a_habit(circle, request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("connections:coffee_rounds", slug)


@login_required
@require_POST
def met(request, slug, pk):
    circle = _circle(request, slug)
    seat = get_object_or_404(CoffeeSeat.objects.filter(round__circle=circle, person=request.user), pk=pk)
    following_up.say_of_round(seat, request.user, met=request.POST.get("met") == "yes")
    messages.success(request, _("Noted. Only you see what you say here."))
    return redirect("connections:coffee_rounds", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cadence(request, slug):
    circle = _circle(request, slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    found = CoffeeCadence.objects.filter(circle=circle).first()
    form = CadenceForm(request.POST or None, instance=found, circle=circle)
    if form.is_valid():
        said = form.cleaned_data
        rounds.set_cadence(
            circle,
            by=request.user,
            every_days=said["every_days"],
            first_on=said["next_on"],
            across_chapters=said.get("across_chapters", False),
        )
        messages.success(request, _("Saved."))
        return redirect("connections:coffee_rounds", slug)
    context = {"circle": circle, "form": form, "cadence": found}
    return render(request, "connections/coffee/cadence.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def stop(request, slug):
    rounds.stop(_circle(request, slug), by=request.user)
    messages.success(request, _("There are no more coffee rounds. Pairs that are made have their coffee."))
    return redirect("connections:coffee_rounds", slug)
