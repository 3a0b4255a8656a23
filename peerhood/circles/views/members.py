"""The member list, and what organisers do with it."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles import competing, exporting, queries, roles
from peerhood.circles.entering import applying, inviting, joining
from peerhood.circles.forms import FilterForm, ReasonForm, RoleForm
from peerhood.circles.models import BulkChange, Membership
from peerhood.circles.permissions import can_organise
from peerhood.people import silence

ON_A_PAGE = 50


@login_required
@require_safe
def list_(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    organises = can_organise(request.user, circle)
    form = FilterForm(request.GET, label_suffix="")
    form.is_valid()
    everybody = queries.members_of(
        circle, request.user, organises=organises, search=form.cleaned_data.get("q", "")
    )
    found = _filtered(everybody, **form.cleaned_data) if organises else everybody.inside()
    context = {
        **(queries.care_of(circle, request.user) if organises else {}),
        "circle": circle,
        "organises": organises,
        # Their pages are not there for one another, so no link leads nowhere.
        "hidden": set() if organises else silence.hidden_from(request.user),
        "acts": BulkChange.Act.choices if organises else [],
        "form": form,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "applied": queries.members_of(circle, request.user, organises=True).applied() if organises else [],
    }
    # Going back in the browser, htmx asks for the whole page again.
    part = "#people" if request.htmx and not request.htmx.history_restore_request else ""
    template = f"circles/members.html{part}"
    return render(request, template, context)


def _filtered(memberships, role="", state="", **_others):
    memberships = memberships.filter(state=state) if state else memberships.on_the_list()
    return memberships.filter(role=role) if role else memberships


@login_required
@require_http_methods(["GET", "POST"])
def detail(request, slug, pk):
    """One membership, and what an organiser may change about it."""
    circle, membership = _find(request, slug, pk)
    form = RoleForm(request.POST or None, instance=copy(membership))
    if form.is_valid():
        roles.change(membership, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("circles:members", slug)
    context = {
        "circle": circle,
        "membership": membership,
        "form": form,
        "happened": queries.history_of(membership),
        "is_hidden": membership.person_id in silence.hidden_from(request.user),
    }
    return render(request, "circles/member.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def answer(request, slug, pk, act):
    """``act`` is pausing.pause or resume, or inviting.ask_again."""
    _circle, membership = _find(request, slug, pk)
    act(membership, by=request.user)
    return redirect("circles:members", slug)


@login_required
@require_safe
def application(request, slug, pk):
    """What somebody wrote who would like to join, and the two answers to it."""
    circle, membership = _find_applicant(request, slug, pk)
    return _application(request, circle, membership, ReasonForm())


@login_required
@require_POST
def decide(request, slug, pk, act):
    """``act`` is applying.accept or decline; the reason goes to the applicant by mail."""
    circle, membership = _find_applicant(request, slug, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _application(request, circle, membership, form)
    act(membership, by=request.user, reason=form.cleaned_data["reason"])
    said = {"name": membership.shown_name}
    if act is applying.accept:
        messages.success(request, _("%(name)s belongs to the circle now, and reads your words.") % said)
    else:
        messages.success(request, _("%(name)s hears your answer by mail.") % said)
    return redirect("circles:members", slug)


def _application(request, circle, membership, form):
    context = {
        "rivals": competing.rivals_of(circle, membership.person, by=request.user),
        "circle": circle,
        "membership": membership,
        "application": membership.applications.select_related("link__by").first(),
        "happened": queries.history_of(membership),
        "form": form,
    }
    return render(request, "circles/application.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def remove(request, slug, pk):
    """To take an invitation back needs no reason; to take a member off does."""
    circle, membership = _find(request, slug, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    is_invited = membership.state == Membership.State.INVITED
    if request.method == "GET" or (not is_invited and not form.is_valid()):
        context = {"circle": circle, "membership": membership, "form": form}
        return render(request, "circles/remove.html", context, status=422 if form.errors else 200)
    if is_invited:
        inviting.withdraw(membership, by=request.user)
    else:
        joining.remove(membership, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("%(name)s is no longer on the list.") % {"name": membership.shown_name})
    return redirect("circles:members", slug)


@login_required
@require_safe
def export(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    text = exporting.member_csv(circle, by=request.user)
    disposition = f'attachment; filename="{slug}-members.csv"'
    return HttpResponse(
        text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def _find_applicant(request, slug, pk):
    circle, membership = _find(request, slug, pk)
    if membership.state != Membership.State.APPLIED and not membership.applications.exists():
        raise Http404
    return circle, membership


def _find(request, slug, pk):
    """A circle this person organises, and one of the memberships they may see in it."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    return circle, get_object_or_404(queries.members_of(circle, request.user, organises=True), pk=pk)
