"""A circle's themes, one theme, and a ballot. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings.permissions import can_host
from peerhood.themes import ballots, deciding, proposing, queries
from peerhood.themes.forms import ProposeForm
from peerhood.themes.models import Ballot, Theme
from peerhood.themes.permissions import can_withdraw

PAGE_SIZE = 20
SEARCH_FROM = 11

TABS = {
    "proposed": lambda themes: themes.backlog(),
    "scheduled": lambda themes: themes.scheduled().order_by("title", "pk"),
    "held": lambda themes: themes.held(),
}


def _circle(request, slug):
    """The circle, from inside; nobody else learns what it talks about."""
    return get_object_or_404(
        Circle.objects.filter(memberships__in=request.user.memberships.inside()), slug=slug
    )


def _theme(request, slug, pk):
    themes = Theme.objects.visible_to(request.user).select_related("circle", "proposed_by")
    return get_object_or_404(queries.listed(themes, request.user), circle__slug=slug, pk=pk)


def _ballot(request, slug, pk):
    ballots_seen = Ballot.objects.visible_to(request.user)
    seen = ballots_seen.select_related("gathering__circle", "winner", "next_gathering")
    return get_object_or_404(seen, gathering__circle__slug=slug, pk=pk)


@login_required
@require_safe
def backlog(request, slug):
    return _backlog(request, _circle(request, slug), ProposeForm())


def _backlog(request, circle, form, there=None, status=200):
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "proposed"
    words = request.GET.get("q", "").strip()
    counts = queries.counts_of(circle)
    themes = TABS[tab](circle.themes)
    if words:
        themes = queries.search(themes, words)
    context = {
        "circle": circle,
        "tab": tab,
        "counts": counts,
        "words": words,
        "has_search": counts[tab] >= SEARCH_FROM,
        "page": Paginator(queries.listed(themes, request.user), PAGE_SIZE).get_page(request.GET.get("page")),
        "latest_ballots": queries.latest_ballots(circle),
        "form": form,
        "there": there,
    }
    return render(request, "themes/list.html", context, status=status)


@login_required
@require_POST
def propose(request, slug):
    circle = _circle(request, slug)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return _backlog(request, circle, form, status=422)
    try:
        theme = proposing.propose(circle, request.user, **form.cleaned_data)
    except proposing.AlreadyThere as refusal:
        return _backlog(request, circle, form, there=refusal.theme, status=409)
    messages.success(request, _("Proposed. You are the first who wants it."))
    return redirect(theme)


@login_required
@require_safe
def detail(request, slug, pk):
    theme = _theme(request, slug, pk)
    context = {
        "circle": theme.circle,
        "theme": theme,
        "can_withdraw": theme.is_proposed() and can_withdraw(request.user, theme),
    }
    return render(request, "themes/detail.html", context)


@login_required
@require_POST
def answer(request, slug, pk, act):
    """``act`` is proposing.support or proposing.unsupport; the URL decides."""
    theme = act(_theme(request, slug, pk), request.user)
    if request.htmx:
        theme.is_mine_too = act is proposing.support
        return render(request, "themes/support.html", {"theme": theme})
    return _back(request, theme)


def _back(request, theme):
    page = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return HttpResponseRedirect(page)
    return redirect(theme)


@login_required
@require_POST
def withdraw(request, slug, pk):
    theme = proposing.withdraw(_theme(request, slug, pk), request.user)
    messages.success(request, _("“%(title)s” is withdrawn.") % {"title": theme})
    return redirect("themes:list", slug)


@login_required
@require_POST
def propose_again(request, slug, pk):
    theme = proposing.propose_again(_theme(request, slug, pk), request.user)
    messages.success(request, _("Proposed again. You are the first who wants it."))
    return redirect(theme)


@login_required
@require_safe
def ballot(request, slug, pk):
    ballot = _ballot(request, slug, pk)
    context = {
        "circle": ballot.gathering.circle,
        "ballot": ballot,
        "choices": queries.choices_of(ballot),
        "can_host": can_host(request.user, ballot.gathering),
        "has_source": deciding.has_source(ballot.gathering),
        "series": deciding.series_of(ballot.gathering),
    }
    return render(request, "themes/ballot.html", context)


@login_required
@require_POST
def close(request, slug, pk):
    return redirect(ballots.close(_ballot(request, slug, pk), by=request.user))


@login_required
@require_POST
def choose(request, slug, pk, theme_pk):
    ballot = _ballot(request, slug, pk)
    choice = get_object_or_404(ballot.choices.select_related("theme"), theme__pk=theme_pk)
    return redirect(ballots.choose(ballot, choice.theme, by=request.user))


@login_required
@require_POST
def draft(request, slug, pk):
    ballot = _ballot(request, slug, pk)
    deciding.decide(ballot, by=request.user)
    return redirect(ballot)
