"""The circles there are, and what each says of itself."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from peerhood.circles import editing, powers, queries
from peerhood.circles.entering import agreeing
from peerhood.circles.forms import CircleForm, EntranceForm
from peerhood.circles.models import Circle, Membership
from peerhood.circles.permissions import may
from peerhood.circles.powers import Power
from peerhood.platform.kept_pages import kept

ON_A_PAGE = 50


@kept("circles")
@require_safe
def list_(request):
    mine = queries.circles_of(request.user)
    page = Paginator(queries.other_circles(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "mine": mine,
        "mine_ids": {circle.pk for circle in mine},
        "invited_count": queries.invitations_of(request.user).count(),
        "page": page,
        "seeds": queries.seeds_of(request.user),
    }
    return render(request, "circles/list.html", context)


# What a later step shows here hangs on a stamp of that step: the next gatherings of the chapters.
@kept("circles", "circles/{slug}", "gatherings")
@require_safe
def detail(request, slug, template="circles/detail.html"):
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    return render(request, template, {"circle": circle, "home": queries.home_of(circle, request.user)})


@login_required
@require_http_methods(["GET", "POST"])
def settings(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not may(request.user, Power.EDIT, circle):
        raise PermissionDenied
    # A form writes into its instance before it knows whether all is well; the page names the circle as it is.
    form = CircleForm(request.POST or None, instance=copy(circle))
    if form.is_valid():
        editing.edit(circle, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(circle)
    status = 422 if form.errors else 200
    agreement = circle.current_agreement()
    context = {
        "circle": circle,
        "form": form,
        "agreement": agreement,
        "accepted_count": agreeing.accepted_count(agreement) if agreement else 0,
        "member_count": circle.memberships.inside().count(),
    }
    return render(request, "circles/settings.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def entrance(request, slug):
    """How people join: what applicants are asked, and whose address opens an in-house circle."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not may(request.user, Power.EDIT, circle):
        raise PermissionDenied
    form = EntranceForm(request.POST if request.method == "POST" else None, circle=circle)
    if form.is_valid():
        editing.set_entrance(circle, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(circle)
    status = 422 if form.errors else 200
    return render(request, "circles/entrance.html", {"circle": circle, "form": form}, status=status)


@login_required
@require_safe
def who_may(request, slug):
    """The table of powers, for members: what everybody may, and what each role adds to it."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    groups = [(role, Membership.Role(role).label, words) for role, words in powers.by_role()]
    context = {
        "circle": circle,
        "groups": groups,
        "own": circle.memberships.get(person=request.user),
    }
    return render(request, "circles/who_may.html", context)
