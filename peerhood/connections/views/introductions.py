"""Introductions: asking somebody one keeps, passing on, answering. Each of the three reads their own side of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.connections.introductions import answering, asking, letters, passing, queries
from peerhood.connections.introductions.forms import PassOnForm, WishForm

PAGE_SIZE = 20


@login_required
@require_safe
def overview(request):
    page = Paginator(queries.introductions_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "connections/introductions/overview.html", {"page": page})


@login_required
@require_safe
def people(request):
    found = queries.may_be_named_by(request.user).order_by("name", "pk")
    if search := request.GET.get("q", "").replace("\0", "").strip()[:80]:
        found = found.filter(name__icontains=search)
    found = found.prefetch_related("affiliations__employer")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "connections/introductions/people.html", {"page": page, "search": search})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, pk=None):
    """For somebody by name, or for “somebody who …”."""
    wanted = pk and get_object_or_404(queries.may_be_named_by(request.user), pk=pk)
    about = request.GET.get("about", "").replace("\0", "")[:200]
    initial = {"go_between": request.GET.get("through"), "reason": about}
    form = WishForm(request.POST or None, asker=request.user, wanted=wanted, initial=initial)
    if form.is_valid():
        introduction = asking.ask(request.user, wanted=wanted, **form.cleaned_data)
        messages.success(request, _("%(name)s has your wish.") % {"name": introduction.go_between})
        return redirect("connections:introduction", introduction.pk)
    context = {"form": form, "wanted": wanted, "why_not": asking.why_not(request.user, wanted)}
    context["keeps_anybody"] = queries.kept_by(request.user).exists()
    status = 422 if form.errors else 200
    return render(request, "connections/introductions/ask.html", context, status=status)


def _mine(request, pk):
    return get_object_or_404(queries.introductions_of(request.user), pk=pk)


@login_required
@require_safe
def detail(request, pk):
    introduction = _mine(request, pk)
    if introduction.is_agreed():
        keeps = queries.keeps_the_others(request.user, introduction)
        draft = letters.draft(introduction, request.user) if keeps else None
        context = {"introduction": introduction, "draft": draft}
        return render(request, "connections/introductions/agreed.html", context)
    if introduction.asker_id == request.user.pk:
        return render(request, "connections/introductions/asked.html", {"introduction": introduction})
    if introduction.go_between_id == request.user.pk:
        return _show_to_go_between(request, introduction)
    return render(request, "connections/introductions/reached.html", {"introduction": introduction})


def _show_to_go_between(request, introduction, form=None):
    form = form or PassOnForm(introduction=introduction)
    context = {
        "introduction": introduction,
        "wanted": queries.wanted_as_read_by_go_between(introduction),
        "can_pass_on": queries.may_be_passed_to(introduction).exists(),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "connections/introductions/in_hand.html", context, status=status)


@login_required
@require_POST
def pass_on(request, pk):
    introduction = _mine(request, pk)
    if introduction.go_between_id != request.user.pk:
        raise Http404
    form = PassOnForm(request.POST, introduction=introduction)
    if not form.is_valid():
        return _show_to_go_between(request, _mine(request, pk), form)
    to, line = form.cleaned_data["passed_to"], form.cleaned_data["line"]
    passing.pass_on(introduction, request.user, to, line=line)
    messages.success(request, _("Passed on. You hear of it if both say yes."))
    return redirect("connections:introductions")


@login_required
@require_POST
def leave(request, pk):
    passing.leave(_mine(request, pk), request.user)
    messages.success(request, _("Left. Nobody is told."))
    return redirect("connections:introductions")


@login_required
@require_POST
def accept(request, pk):
    answering.accept(_mine(request, pk), request.user)
    messages.success(request, _("You are introduced. The letter is on its way to all three."))
    return redirect("connections:introduction", pk)


@login_required
@require_POST
def decline(request, pk):
    answering.decline(_mine(request, pk), request.user)
    messages.success(request, _("Not this time. Nobody is told, and no reason is asked for."))
    return redirect("connections:introductions")


@login_required
@require_POST
def withdraw(request, pk):
    asking.withdraw(_mine(request, pk), request.user)
    messages.success(request, _("Your wish is taken back."))
    return redirect("connections:introductions")
