"""Opportunities of a circle, for its members. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.permissions import can_organise
from peerhood.circles.queries import circles_of
from peerhood.growth.models.opportunity import Kind
from peerhood.growth.opportunities import moderating, posting, queries, replying
from peerhood.growth.opportunities.forms import HideForm, InterestForm, OpportunityForm, ReportForm

PAGE_SIZE = 20


def circle_at(request, slug):
    """The circle, from inside; nobody else learns what it talks about."""
    return get_object_or_404(circles_of(request.user), slug=slug)


def _opportunity(request, slug, pk):
    circle = circle_at(request, slug)
    organises = can_organise(request.user, circle)
    return get_object_or_404(queries.open_to(circle, request.user, organises=organises), pk=pk), organises


@login_required
@require_safe
def opportunities(request, slug):
    circle = circle_at(request, slug)
    kind, search = request.GET.get("kind", ""), request.GET.get("q", "").replace("\0", "").strip()[:80]
    found = queries.listed_in(circle, request.user, kind=kind, search=search)
    context = {
        "circle": circle,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "kinds": Kind.choices,
        "kind": kind if kind in Kind.values else "",
        "search": search,
        "mine": queries.not_shown_of(circle, request.user)[:PAGE_SIZE],
        "organises": can_organise(request.user, circle),
    }
    return render(request, "growth/opportunities/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post(request, slug):
    circle = circle_at(request, slug)
    form = OpportunityForm(request.POST or None, circle=circle)
    if form.is_valid():
        made = posting.post(circle, by=request.user, **form.cleaned_data)
        messages.success(request, _("The members can see it now."))
        return redirect(made)
    return _form(request, form, circle)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug, pk):
    found = _mine(request, slug, pk)
    form = OpportunityForm(request.POST or None, instance=found, circle=found.circle)
    if form.is_valid():
        posting.change(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(found)
    return _form(request, form, found.circle, opportunity=found)


def _form(request, form, circle, **about):
    context = {"form": form, "circle": circle, **about}
    return render(request, "growth/opportunities/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def detail(request, slug, pk):
    found, organises = _opportunity(request, slug, pk)
    return _page(request, found, organises)


def _page(request, found, organises, form=None):
    is_mine = found.author_id == request.user.pk
    context = {
        "opportunity": found,
        "is_mine": is_mine,
        "may_judge": organises and not is_mine,
        "repliers": queries.repliers_to(found, request.user),
        "said": found.interests.filter(person=request.user).first(),
        "form": form or InterestForm(),
    }
    status = 422 if form is not None else 200
    return render(request, "growth/opportunities/detail.html", context, status=status)


@login_required
@require_POST
def interested(request, slug, pk):
    found, organises = _opportunity(request, slug, pk)
    form = InterestForm(request.POST)
    if not form.is_valid():
        return _page(request, found, organises, form)
    replying.say_interested(found, form.cleaned_data["words"], by=request.user)
    messages.success(request, _("Said. What comes of it is between the two of you."))
    return redirect(found)


@login_required
@require_POST
def not_interested(request, slug, pk):
    found, _organises = _opportunity(request, slug, pk)
    replying.take_back(found, by=request.user)
    messages.success(request, _("Taken back. You can say it again."))
    return redirect(found)


@login_required
@require_POST
def close(request, slug, pk):
    found = _mine(request, slug, pk)
    posting.close(found, by=request.user)
    messages.success(request, _("Closed: members do not see it any more. You can open it again."))
    return redirect(found)


@login_required
@require_POST
def reopen(request, slug, pk):
    found = _mine(request, slug, pk)
    posting.reopen(found, by=request.user)
    messages.success(request, _("Open again."))
    return redirect(found)


@login_required
@require_POST
def renew(request, slug, pk):
    found = _mine(request, slug, pk)
    posting.renew(found, by=request.user)
    messages.success(request, _("Renewed for thirty days."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, slug, pk):
    found = _mine(request, slug, pk)
    if request.method == "POST":
        posting.remove(found, by=request.user)
        messages.success(request, _("Removed."))
        return redirect("growth:opportunities", slug)
    return render(request, "growth/opportunities/remove.html", {"opportunity": found})


def _mine(request, slug, pk):
    found, _organises = _opportunity(request, slug, pk)
    if found.author_id != request.user.pk:
        raise PermissionDenied
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug, pk):
    found, _organises = _opportunity(request, slug, pk)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        moderating.report(found, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Thank you. The organisers will look at it."))
        return redirect("growth:opportunities", slug)
    return _act(request, form, found, is_report=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request, slug, pk):
    found = _judged(request, slug, pk)
    form = HideForm(request.POST or None)
    if form.is_valid():
        moderating.hide(found, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Hidden. You can show it again."))
        return redirect("growth:reported_opportunities", slug)
    return _act(request, form, found)


@login_required
@require_POST
def show(request, slug, pk):
    moderating.show(_judged(request, slug, pk), by=request.user)
    messages.success(request, _("Members can see it, as long as its author wants."))
    return redirect("growth:reported_opportunities", slug)


def _judged(request, slug, pk):
    found, organises = _opportunity(request, slug, pk)
    if not organises:
        raise PermissionDenied
    return found


def _act(request, form, found, *, is_report=False):
    context = {"form": form, "opportunity": found, "is_report": is_report}
    return render(request, "growth/opportunities/act.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def reported(request, slug):
    circle = circle_at(request, slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    found = queries.reported_in(circle, request.user)
    context = {
        "circle": circle,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "hidden": queries.hidden_in(circle, request.user)[:PAGE_SIZE],
    }
    return render(request, "growth/opportunities/reported.html", context)
