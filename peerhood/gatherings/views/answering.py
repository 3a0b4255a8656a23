"""Answering: one button on the gathering's page, and the way in for somebody new."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.gatherings import queries, rsvp
from peerhood.gatherings.arriving import tickets
from peerhood.gatherings.coming import buddies, first_time, holding, preparing
from peerhood.gatherings.coming import wishes as said
from peerhood.gatherings.forms.answering import AddressForm, GuestsForm, PlaceForm, WishesForm
from peerhood.gatherings.models import Needs
from peerhood.gatherings.permissions import can_attend
from peerhood.gatherings.views import finding
from peerhood.gatherings.views.reading import page_of
from peerhood.people import profiles


@login_required
@require_POST
def attend(request, pk):
    rsvp.attend(finding.to_act_on(request, pk), request.user, part=request.POST.get("part", ""))
    return _answered(request, pk)


@login_required
@require_POST
def withdraw(request, pk):
    """A seat that somebody waits for is given up on purpose only: it cannot be taken back."""
    gathering = finding.visible(request, pk)
    if "sure" not in request.POST and queries.would_lose_seat(gathering, request.user):
        template = "gatherings/detail.html#answered" if request.htmx else "gatherings/detail.html"
        return render(request, template, page_of(gathering, request.user) | {"asks": True})
    rsvp.withdraw(gathering, request.user)
    return _answered(request, pk)


@login_required
@require_POST
def take_part_in(request, pk, part):
    """``part`` is room or online; the URL decides."""
    rsvp.take_part_in(finding.visible(request, pk), request.user, part)
    return redirect("gatherings:placed", pk)


def _answered(request, pk):
    if request.htmx:
        context = page_of(finding.visible(request, pk), request.user)
        return render(request, "gatherings/detail.html#answered", context)
    return redirect("gatherings:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request, pk):
    """Hold a place, one button; a mail scanner that follows the link changes nothing."""
    gathering = finding.visible(request, pk)
    if not request.user.is_authenticated:
        return _arrive(request, gathering)
    may_attend = can_attend(request.user, gathering)
    form = PlaceForm(finding.posted(request), gathering=gathering, person=request.user)
    if request.method == "POST" and form.is_valid():
        _take_name(request.user, form)
        rsvp.attend(gathering, request.user, form.comes_with(), part=form.part(), guests=form.guests())
        return redirect("gatherings:placed", pk)
    held = gathering.rsvps.held().filter(person=request.user).first()
    context = {
        "gathering": gathering,
        "circles": gathering.circles_known_to(request.user),
        "form": form,
        "rsvp": held,
        "may_attend": may_attend,
    }
    return render(request, "gatherings/place.html", context, status=422 if form.errors else 200)


def _arrive(request, gathering):
    """Ask a visitor for their address, and hold a place until they have opened their mail."""
    form = AddressForm(finding.posted(request), gathering=gathering)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        too_many = ratelimit.consume_or_429(request, action="request_login_code", key=address.lower())
        if too_many:
            return too_many
        holding.hold(gathering, address, part=form.cleaned_data.get("part", ""))
        return redirect("gatherings:held", gathering.pk)
    context = {"gathering": gathering, "address_form": form}
    return render(request, "gatherings/arrive.html", context, status=422 if form.errors else 200)


def _take_name(person, form):
    if name := form.cleaned_data.get("name"):
        profiles.change(person, name=name)


@require_safe
def held(request, pk):
    """The same for every address, known or not, and whether there was a place or none."""
    return render(request, "gatherings/held.html", {"gathering": finding.visible(request, pk)})


@login_required
@require_safe
def placed(request, pk):
    gathering = finding.visible(request, pk)
    held = gathering.rsvps.held().filter(person=request.user).select_related("greeter", "buddy").first()
    if held is None:
        return redirect("gatherings:detail", pk)
    return render(request, "gatherings/placed.html", _placed(request, gathering, held, _wishes_of(held)))


@login_required
@require_POST
def wishes(request, pk):
    gathering = finding.visible(request, pk)
    mine = gathering.rsvps.held().filter(person=request.user).select_related("greeter").first()
    form = WishesForm(request.POST, instance=mine)
    if mine is not None and not form.is_valid():
        return render(request, "gatherings/placed.html", _placed(request, gathering, mine, form), status=422)
    said.say(gathering, request.user, **(form.cleaned_data if mine else {"shown_to": ""}))
    messages.success(request, _("Noted. You can change it until the gathering."))
    return redirect("gatherings:placed", pk)


@login_required
@require_POST
def bring(request, pk):
    """The guests one brings, changed after the answer."""
    gathering = finding.visible(request, pk)
    mine = gathering.rsvps.going().filter(person=request.user).select_related("greeter", "buddy").first()
    form = GuestsForm(request.POST, rsvp=mine) if mine else None
    if mine and form and not form.is_valid():
        context = _placed(request, gathering, mine, _wishes_of(mine)) | {"guests_form": form}
        return render(request, "gatherings/placed.html", context, status=422)
    rsvp.bring(gathering, request.user, form.guests() if form else [])
    messages.success(request, _("Noted. You can change it until the gathering."))
    return redirect("gatherings:placed", pk)


def _wishes_of(rsvp):
    needs = Needs.objects.filter(rsvp=rsvp).first() or Needs()
    return WishesForm(instance=rsvp, initial={"diet": needs.diet, "access": needs.access})


def _placed(request, gathering, rsvp, form):
    return {
        "gathering": gathering,
        "rsvp": rsvp,
        "wishes": form,
        "guests_form": _guests_of(rsvp),
        "pack": preparing.pack_of(gathering),
        "has_ticket": tickets.is_needed(rsvp),
        "other_part": next((part for part in gathering.parts if part != rsvp.part), None),
        **_new_or_knowing(gathering, rsvp, request.user),
    }


def _guests_of(rsvp):
    """None where there is nobody to bring, and nobody was named before."""
    gathering = rsvp.gathering
    may_bring = (
        rsvp.is_going() and gathering.takes_answers() and (gathering.guests_allowed or rsvp.guest_names)
    )
    form = GuestsForm(rsvp=rsvp) if may_bring else None
    return form if form and form.fields else None


def _new_or_knowing(gathering, rsvp, person):
    """Whoever is new is told whom they might like to meet; whoever knows the way, that somebody waits for a buddy."""
    is_new = not queries.has_been_to(gathering, person)
    is_coming = rsvp.is_going() and not gathering.is_over()
    return {
        "is_first_time": is_new,
        "to_meet": first_time.might_like_to_meet(gathering, person) if is_new and is_coming else [],
        "may_be_buddy": is_coming and not is_new and buddies.waiting_for(gathering, person).exists(),
        "buddy_of": gathering.rsvps.going().filter(buddy=person).select_related("person").first(),
    }
