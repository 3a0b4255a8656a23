"""A seed on its planter's side: written down in three pages, planted, shown to people, let go."""

from copy import copy
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.models import Seed
from peerhood.circles.seeding import answering, ending, inviting, planting, sprouting
from peerhood.circles.seeding.forms import AddressesForm, DayForm, PlanForm, RhythmForm, WordsForm
from peerhood.platform.refusals import Refusal

# The pages of the wizard in order.
STEPS = {"words": WordsForm, "rhythm": RhythmForm, "plan": PlanForm}


@login_required
@require_http_methods(["GET", "POST"])
def new(request):
    language = get_language()
    initial = {
        "language": language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        "time_zone": request.user.time_zone,
        "town": request.user.town,
    }
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        seed = planting.draft(request.user, **form.cleaned_data)
        return redirect("circles:seed_rhythm", seed.pk)
    return _step(request, form, "words")


@login_required
@require_http_methods(["GET", "POST"])
def step(request, pk, step):
    seed = _own(request, pk)
    if request.method == "GET" and not planting.can_change(seed):
        return redirect(seed)
    form = STEPS[step](request.POST if request.method == "POST" else None, instance=copy(seed))
    if form.is_valid():
        planting.change(seed, by=request.user, **form.cleaned_data)
        names = list(STEPS)
        # A draft goes on to the next page; what grows already was only corrected.
        if seed.is_draft() and step != names[-1]:
            return redirect(f"circles:seed_{names[names.index(step) + 1]}", pk)
        return redirect(seed)
    return _step(request, form, step, seed)


def _step(request, form, step, seed=None):
    names = list(STEPS)
    number = names.index(step)
    context = {
        "form": form,
        "seed": seed,
        "step": step,
        "number": number + 1,
        "steps_count": len(names),
        "back": f"circles:seed_{names[number - 1]}" if number else "",
    }
    return render(request, "circles/seeds/step.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def detail(request, pk):
    seed = get_object_or_404(Seed.objects.visible_to(request.user).select_related("planter", "circle"), pk=pk)
    if seed.is_opened() and seed.circle:
        return redirect(seed.circle)
    return _page(request, seed)


@login_required
@require_POST
def plant(request, pk):
    """The answer holds the link, which is told this once; a redirect would have to keep it somewhere."""
    seed = _own(request, pk)
    return _with_link(request, seed, planting.plant(seed, by=request.user))


@login_required
@require_POST
def renew_link(request, pk):
    seed = _own(request, pk)
    return _with_link(request, seed, planting.renew_link(seed, by=request.user))


def _with_link(request, seed, token):
    if not token:
        return redirect(seed)
    seed.refresh_from_db()
    link = settings.SITE_URL + reverse("circles:seed_link", args=[token])
    return _page(request, seed, link=link)


@login_required
@require_POST
def invite(request, pk):
    seed = _own(request, pk)
    form = AddressesForm(request.POST)
    if form.is_valid():
        try:
            inviting.invite(seed, form.cleaned_data["addresses"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _page(request, seed, addresses=form, status=409)
        messages.success(request, _("We write to whoever this seed has not asked before."))
        return redirect(seed)
    return _page(request, seed, addresses=form, status=422)


@login_required
@require_POST
def extend(request, pk):
    seed = _own(request, pk)
    form = DayForm(request.POST)
    if form.is_valid():
        ending.extend(seed, form.cleaned_data["sprouts_by"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect(seed)
    return _page(request, seed, day=form, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def end(request, pk):
    """Asks first: whoever said yes gets a mail."""
    seed = _own(request, pk)
    if request.method == "GET":
        return render(request, "circles/seeds/end.html", {"seed": seed, "yes_count": seed.yes_count()})
    if seed.is_draft() or seed.is_ended():
        planting.throw_away(seed, by=request.user)
        return redirect("circles:list")
    ending.end(seed, by=request.user)
    return redirect(seed)


@login_required
@require_POST
def plant_again(request, pk):
    return redirect(planting.plant_again(_own(request, pk), by=request.user))


@login_required
@require_POST
def take_back(request, pk):
    seed = get_object_or_404(Seed.objects.visible_to(request.user), pk=pk)
    answering.take_back(seed, request.user)
    messages.success(request, _("Your yes is taken back. The link still works, should you think again."))
    return redirect("circles:list")


def _page(request, seed, *, link="", addresses=None, day=None, status=200):
    is_planter = seed.planter_id == request.user.pk
    # Where the link is not known any more, the browser may still have it (seed-link.js).
    letter = render_to_string("circles/seeds/letter.txt", {"seed": seed, "link": link or "{link}"}).strip()
    people = sprouting.said_yes(seed)
    context = {
        "seed": seed,
        "is_planter": is_planter,
        "people": people,
        "yes_count": seed.yes_count(),
        "no_count": seed.answers.no().count() if is_planter else 0,
        "asked_count": seed.invitations.count() if is_planter else 0,
        "may_change": is_planter and planting.can_change(seed),
        "link": link,
        "letter": letter,
        "mailto": f"mailto:?subject={quote(seed.name)}&body={quote(letter)}",
        "addresses": addresses or AddressesForm(),
        "day": day or DayForm(initial={"sprouts_by": seed.sprouts_by}),
    }
    return render(request, "circles/seeds/detail.html", context, status=status)


def _own(request, pk):
    return get_object_or_404(request.user.seeds.select_related("planter"), pk=pk)
