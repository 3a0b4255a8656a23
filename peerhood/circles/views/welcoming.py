"""Welcoming newcomers, and what a newcomer finds before their first gathering."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood import packs
from peerhood.circles import queries, welcoming
from peerhood.circles.forms import GreetForm
from peerhood.circles.permissions import can_organise
from peerhood.people.models import Person
from peerhood.people.seeing import cards
from peerhood.people.seeing.visibility import Level
from peerhood.platform.whole_numbers import whole_number


@login_required
@require_http_methods(["GET", "POST"])
def greet(request, slug, pk):
    """The newcomer's card, and a few words to them."""
    circle, membership = _find(request, slug, pk)
    form = GreetForm(
        request.POST if request.method == "POST" else None, initial={"text": _draft(request, membership)}
    )
    if form.is_valid():
        welcoming.greet(membership, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Sent. %(name)s can answer you now.") % {"name": membership.person})
        return redirect(circle)
    people = Person.objects.prefetch_related("affiliations__employer")
    context = {
        "circle": circle,
        "membership": membership,
        "form": form,
        "card": cards.card_of(
            people.get(pk=membership.person_id),
            Level.CIRCLES,
            pack=packs.current(),
            language=translation.get_language(),
        ),
        "others": welcoming.may_greet(circle)
        .exclude(person__in=[membership.person_id, request.user.pk])
        .select_related("person")
        .order_by("person__name")[:200],
    }
    return render(request, "circles/greet.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def ask_another(request, slug, pk):
    circle, membership = _find(request, slug, pk)
    number = whole_number(request.POST.get("greeter", ""))
    greeter = get_object_or_404(welcoming.may_greet(circle), pk=number)
    welcoming.ask_another(membership, greeter, by=request.user)
    messages.success(request, _("%(name)s is asked to welcome them.") % {"name": greeter.person})
    return redirect(circle)


@login_required
@require_safe
def first_time(request, slug):
    """Before one's first gathering: who meets me, what happens, what to say first."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    membership = circle.memberships.inside().select_related("greeter").get(person=request.user)
    context = {
        "circle": circle,
        "membership": membership,
        "openers": packs.current().openers(translation.get_language())[:2],
        "agreement": circle.current_agreement(),
    }
    return render(request, "circles/first_time.html", context)


def _find(request, slug, pk):
    """A newcomer this person is asked to welcome, or whose circle they organise."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    membership = get_object_or_404(circle.memberships.inside().select_related("person", "greeter"), pk=pk)
    if membership.greeter_id != request.user.pk and not can_organise(request.user, circle):
        raise PermissionDenied
    return circle, membership


def _draft(request, membership):
    """A first sentence or two, in the newcomer's language; the greeter changes it as they like."""
    with translation.override(membership.person.language):
        return _(
            "Hello %(name)s,\n\nwelcome to %(circle)s. I look forward to meeting you.\n\n%(greeter)s"
        ) % {
            "name": membership.person.first_name,
            "circle": membership.circle.name,
            "greeter": request.user.name,
        }
