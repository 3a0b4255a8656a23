"""A seed on the side of whoever got its link: look at it, come in, say yes or no."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles.seeding import answering
from peerhood.circles.seeding.forms import NameForm
from peerhood.people import arrival, profiles
from peerhood.people.forms import AddressForm
from peerhood.platform import guesses

GUESSED = "circles/seed-link"


@require_http_methods(["GET", "HEAD", "POST"])
def look(request, token):
    """Nothing is changed by looking: mail scanners follow links. A visitor's address is asked for here."""
    seed, no_seed = _find(request, token)
    if no_seed:
        return no_seed
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not request.user.is_authenticated and form.is_valid():
        return arrival.begin(request, form.cleaned_data["address"], next_url=request.path)
    return _page(request, seed, token, address_form=form)


@require_POST
def say_yes(request, token):
    seed, no_seed = _find(request, token)
    if no_seed:
        return no_seed
    if not request.user.is_authenticated:
        return redirect("circles:seed_link", token)
    if not request.user.name:
        form = NameForm(request.POST)
        if not form.is_valid():
            return _page(request, seed, token, name_form=form)
        profiles.change(request.user, name=form.cleaned_data["name"])
    seed = answering.say_yes(seed, request.user)
    if seed.circle:
        messages.success(
            request, _("Yours was the yes it took: %(circle)s is open.") % {"circle": seed.circle}
        )
        return redirect(seed.circle)
    return redirect(seed)


@require_POST
def say_no(request, token):
    seed, no_seed = _find(request, token)
    if no_seed:
        return no_seed
    if request.user.is_authenticated:
        answering.say_no(seed, request.user)
    return redirect("circles:seed_link", token)


def _find(request, token):
    """The seed behind the link, or the page for whoever holds one that leads nowhere."""
    address = get_adapter().get_client_ip(request)
    if guesses.are_used_up(GUESSED, address):
        return None, render(request, "429.html", status=429)
    seed = answering.behind(token)
    if seed is None:
        guesses.count_wrong(GUESSED, address)
        return None, render(request, "circles/seeds/gone.html", status=404)
    return seed, None


def _page(request, seed, token, *, address_form=None, name_form=None):
    is_known = request.user.is_authenticated
    form = name_form or address_form
    context = {
        "seed": seed,
        "token": token,
        "is_planter": seed.planter_id == request.user.pk,
        "said": answering.answer_of(seed, request.user) if is_known else "",
        "yes_count": seed.yes_count(),
        "address_form": address_form or AddressForm(),
        "name_form": None if not is_known or request.user.name else name_form or NameForm(),
    }
    return render(request, "circles/seeds/link.html", context, status=422 if form and form.errors else 200)
