"""One's pitches with a clock, asking peers for a card, and writing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.growth.models.pitch import MOST_ASKED, Pitch, PitchCard
from peerhood.growth.pitching import practising
from peerhood.growth.pitching.forms import CardForm, PitchForm

PAGE_SIZE = 20


@login_required
@require_safe
def pitches(request):
    asked = PitchCard.objects.visible_to(request.user).filter(peer=request.user, put_away_at=None)
    context = {
        "page": Paginator(request.user.pitches.all(), PAGE_SIZE).get_page(request.GET.get("page")),
        "asked": asked.select_related("pitch__person")[:PAGE_SIZE],
    }
    return render(request, "growth/pitches/list.html", context)


def _pitch(request, pk):
    return get_object_or_404(request.user.pitches, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request):
    return _edit(request, Pitch(person=request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    return _edit(request, _pitch(request, pk))


def _edit(request, pitch):
    form = PitchForm(request.POST or None, instance=pitch)
    if form.is_valid():
        practising.keep(pitch, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(pitch)
    context = {"form": form, "pitch": pitch}
    return render(request, "growth/pitches/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def pitch(request, pk):
    found = _pitch(request, pk)
    cards = PitchCard.objects.visible_to(request.user).filter(pitch=found).select_related("peer")
    context = {
        "pitch": found,
        "written": cards.written(),
        "asked": cards.filter(written_at=None),
        "may_ask": found.cards.count() < MOST_ASKED,
    }
    return render(request, "growth/pitches/pitch.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, pk):
    found = _pitch(request, pk)
    if request.method == "POST":
        practising.remove(found, by=request.user)
        messages.success(request, _("Removed."))
        return redirect("growth:pitches")
    return render(request, "growth/pitches/remove.html", {"pitch": found})


@login_required
@require_safe
def peers(request, pk):
    pitch = _pitch(request, pk)
    found = practising.may_be_asked_by(request.user).exclude(pk__in=pitch.cards.values("peer"))
    if search := request.GET.get("q", "").replace("\0", "").strip()[:80]:
        found = found.filter(name__icontains=search)
    found = found.order_by("name", "pk").prefetch_related("affiliations__employer")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "growth/pitches/peers.html", {"pitch": pitch, "page": page, "search": search})


@login_required
@require_POST
def ask(request, pk, person_pk):
    pitch = _pitch(request, pk)
    peer = get_object_or_404(practising.may_be_asked_by(request.user), pk=person_pk)
    practising.ask(pitch, peer, by=request.user)
    messages.success(request, _("Asked. They may write you a card, or leave it."))
    return redirect(pitch)


@login_required
@require_POST
def take_back(request, pk, card_pk):
    pitch = _pitch(request, pk)
    card = get_object_or_404(pitch.cards.select_related("pitch"), pk=card_pk)
    practising.take_back(card, by=request.user)
    messages.success(request, _("Taken back."))
    return redirect(pitch)


def _card(request, pk):
    mine = PitchCard.objects.visible_to(request.user).filter(peer=request.user)
    return get_object_or_404(mine.select_related("pitch__person"), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card(request, pk):
    found = _card(request, pk)
    form = CardForm(request.POST or None, instance=found)
    if form.is_valid():
        practising.write(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Written. Only they and you read it."))
        return redirect("growth:pitches")
    context = {"form": form, "card": found}
    return render(request, "growth/pitches/card.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def put_away(request, pk):
    practising.put_away(_card(request, pk), by=request.user)
    messages.success(request, _("Put away. They are not told."))
    return redirect("growth:pitches")
