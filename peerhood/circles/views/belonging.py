"""Joining, applying, agreeing, pausing and leaving; and the invitations that await an answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerhood.circles import pausing, queries
from peerhood.circles.entering import agreeing, applying, inviting, joining
from peerhood.circles.forms import ApplicationForm, LeaveForm, PauseForm
from peerhood.circles.models import Circle, Membership
from peerhood.circles.roles import is_last_organiser
from peerhood.circles.views.name_said import keep_name, name_form
from peerhood.circles.views.words_read import version_read


@login_required
@require_http_methods(["GET", "POST"])
def join(request, slug):
    """The page before it shows what members agree to; the yes is to the words it showed."""
    circle = _visible(request, slug)
    naming = name_form(request)
    if request.method == "GET" or not keep_name(request, naming):
        return _door(request, circle, naming=naming, status=200 if request.method == "GET" else 422)
    try:
        joining.join(circle, request.user, agreed_to=version_read(request))
    except agreeing.OtherWords as other:
        return _door(request, circle, problem=other, status=422)
    messages.success(request, _("Welcome to %(circle)s.") % {"circle": circle})
    return redirect(circle)


@login_required
@require_http_methods(["GET", "POST"])
def apply(request, slug):
    circle = _visible(request, slug)
    form = ApplicationForm(request.POST or None, circle=circle)
    membership = circle.memberships.filter(person=request.user).first()
    if request.method == "GET":
        return _door(request, circle, form, naming=name_form(request))
    if joining.way_in(circle, request.user, membership) == "apply" and not form.is_valid():
        return _door(request, circle, form, naming=name_form(request), status=422)
    if not keep_name(request, naming := name_form(request)):
        return _door(request, circle, form, naming=naming, status=422)
    said = form.said() if form.is_valid() else {}
    try:
        applying.apply(circle, request.user, agreed_to=version_read(request), **said)
    except agreeing.OtherWords as other:
        return _door(request, circle, form, problem=other, status=422)
    return redirect(circle)


def _door(request, circle, form=None, *, naming=None, problem=None, status=200):
    context = {
        "circle": circle,
        "home": queries.home_of(circle, request.user),
        "form": form or ApplicationForm(circle=circle),
        "name_form": naming,
        "problem": problem,
    }
    return render(request, "circles/enter.html", context, status=status)


@login_required
@require_POST
def agree(request, slug):
    """A member's yes to words that changed. Other words in the meantime are shown, not signed."""
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    try:
        agreeing.agree(circle, request.user, version_read(request))
        messages.success(request, _("Thank you. Your yes is kept."))
    except agreeing.OtherWords as other:
        messages.error(request, str(other))
    return redirect(circle)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request, slug):
    """Belonging is the lookup here, so that an application can be taken back as well."""
    circle = _visible(request, slug)
    membership = get_object_or_404(
        circle.memberships.inside() | circle.memberships.applied(), person=request.user
    )
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "circle": circle,
            "membership": membership,
            "form": form,
            "is_last_organiser": is_last_organiser(membership),
        }
        return render(request, "circles/leave.html", context, status=422 if form.errors else 200)
    joining.leave(circle, request.user, word=form.cleaned_data["word"])
    if membership.is_inside():
        said = _("You have left %(circle)s. What you did there stays yours.")
    else:
        said = _("You have taken back that you would like to join %(circle)s.")
    messages.success(request, said % {"circle": circle})
    return redirect("circles:list")


@login_required
@require_http_methods(["GET", "POST"])
def pause(request, slug):
    """A rest, until a day or without one."""
    circle = _visible(request, slug)
    membership = get_object_or_404(circle.memberships.inside(), person=request.user)
    until = {"until": membership.paused_until}
    form = PauseForm(request.POST if request.method == "POST" else None, circle=circle, initial=until)
    if form.is_valid():
        pausing.pause(membership, by=request.user, until=form.cleaned_data["until"])
        return redirect(circle)
    context = {
        "circle": circle,
        "membership": membership,
        "form": form,
        "is_last_organiser": is_last_organiser(membership),
    }
    return render(request, "circles/pause.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def resume(request, slug):
    circle = _visible(request, slug)
    pausing.resume(get_object_or_404(circle.memberships.inside(), person=request.user), by=request.user)
    return redirect(circle)


@login_required
@require_GET
def invitations(request):
    """What waits for this person's answer, and the applications that wait for somebody else's."""
    context = {
        "invitations": queries.invitations_of(request.user),
        "applications": queries.applications_of(request.user),
    }
    return render(request, "circles/invitations.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def say_yes(request, pk):
    """Where the circle has an agreement, it is shown before the yes counts."""
    membership = get_object_or_404(queries.invitations_of(request.user), pk=pk)
    circle, version, problem = membership.circle, version_read(request), None
    naming = name_form(request)
    if request.method == "POST" and keep_name(request, naming):
        try:
            joining.join(circle, request.user, agreed_to=version)
            return redirect(circle)
        except agreeing.OtherWords as other:
            if version is None:
                return redirect("circles:say_yes", pk)
            problem = other
    context = {
        "membership": membership,
        "circle": circle,
        "agreement": circle.current_agreement(),
        "name_form": naming,
        "problem": problem,
    }
    status = 422 if problem or request.method == "POST" else 200
    return render(request, "circles/say_yes.html", context, status=status)


@login_required
@require_POST
def say_no(request, pk):
    membership = get_object_or_404(queries.invitations_of(request.user), pk=pk)
    inviting.say_no(membership.circle, request.user)
    messages.success(request, _("Thank you for the answer. Nobody asks you again."))
    return redirect("circles:invitations")


@login_required
@require_POST
def take_back(request, pk):
    """An application, also one to a circle that may not be seen yet."""
    membership = get_object_or_404(Membership.objects.applied(), pk=pk, person=request.user)
    joining.leave(membership.circle, request.user)
    messages.success(
        request,
        _("You have taken back that you would like to join %(circle)s.") % {"circle": membership.circle},
    )
    return redirect("circles:invitations")


def _visible(request, slug):
    return get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
