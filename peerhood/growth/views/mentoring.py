"""Mentoring in a circle: who offers it, offering it oneself, asking, and the answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.permissions import can_organise
from peerhood.circles.queries import circles_of
from peerhood.growth.mentoring import answering, asking, queries
from peerhood.growth.mentoring.forms import AskForm, OfferForm
from peerhood.growth.models.mentoring import MentorOffer
from peerhood.growth.views.opportunities import circle_at

PAGE_SIZE = 20


@login_required
@require_safe
def mine(request):
    asks = queries.asks_of(request.user).exclude(state="accepted")
    page = Paginator(queries.pairs_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pairs": [(pair, pair.the_other(request.user)) for pair in page],
        "asks": [(ask, ask.the_other(request.user)) for ask in asks[:PAGE_SIZE]],
        "circles": circles_of(request.user).order_by("name"),
    }
    return render(request, "growth/mentoring/mine.html", context)


@login_required
@require_safe
def mentors(request, slug):
    circle = circle_at(request, slug)
    offers = asking.offers_to(request.user, circle)
    organises = can_organise(request.user, circle)
    context = {
        "circle": circle,
        "page": Paginator(offers, PAGE_SIZE).get_page(request.GET.get("page")),
        "mine": _offer(request, circle),
        "numbers": queries.numbers_of(circle) if organises else None,
    }
    return render(request, "growth/mentoring/mentors.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, slug):
    circle = circle_at(request, slug)
    form = OfferForm(request.POST or None, instance=_offer(request, circle))
    if form.is_valid():
        asking.offer(circle, by=request.user, **form.cleaned_data)
        messages.success(request, _("Members can ask you now."))
        return redirect("growth:mentors", slug)
    context = {"form": form, "circle": circle}
    return render(request, "growth/mentoring/offer.html", context, status=422 if form.errors else 200)


def _offer(request, circle):
    return MentorOffer.objects.filter(circle=circle, person=request.user).first()


@login_required
@require_POST
def stop(request, slug):
    asking.stop(circle_at(request, slug), by=request.user)
    messages.success(request, _("Nobody asks you any more. You can offer it again."))
    return redirect("growth:mentors", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, slug, pk):
    circle = circle_at(request, slug)
    found = get_object_or_404(asking.offers_to(request.user, circle), pk=pk)
    form = AskForm(request.POST or None, circle=circle)
    if form.is_valid():
        made = asking.ask(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Asked. The answer comes by mail."))
        return redirect(made)
    context = {"form": form, "offer": found, "why_not": asking.why_not(found, request.user)}
    return render(request, "growth/mentoring/ask.html", context, status=422 if form.errors else 200)


def _ask(request, pk):
    return get_object_or_404(queries.asks_of(request.user), pk=pk)


@login_required
@require_safe
def asked(request, pk):
    found = _ask(request, pk)
    context = {
        "ask": found,
        "other": found.the_other(request.user),
        "is_mine": found.mentee_id == request.user.pk,
        "pair": queries.pairs_of(request.user).filter(ask=found).first(),
    }
    return render(request, "growth/mentoring/asked.html", context)


@login_required
@require_POST
def accept(request, pk):
    pair = answering.accept(_ask(request, pk), by=request.user)
    messages.success(request, _("Agreed. Each of you gets the other’s address."))
    return redirect(pair)


@login_required
@require_POST
def decline(request, pk):
    answering.decline(_ask(request, pk), by=request.user)
    messages.success(request, _("Not this time. That is all they read, and no reason is asked for."))
    return redirect("growth:mentoring")


@login_required
@require_POST
def take_back(request, pk):
    asking.take_back(_ask(request, pk), by=request.user)
    messages.success(request, _("Taken back."))
    return redirect("growth:mentoring")
