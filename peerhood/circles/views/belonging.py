"""Joining, applying, pausing and leaving; and the invitations that await an answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerhood.circles import inviting, joining, queries
from peerhood.circles.models import Circle, Membership


@login_required
@require_http_methods(["GET", "POST"])
def enter(request, slug, act):
    """``act`` is joining.join or joining.apply. The page before it shows what members agree to."""
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    if request.method == "GET":
        return render(
            request, "circles/enter.html", {"circle": circle, "home": queries.home_of(circle, request.user)}
        )
    membership = act(circle, request.user)
    if membership.is_inside():
        messages.success(request, _("Welcome to %(circle)s.") % {"circle": circle})
    return redirect(circle)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request, slug):
    """Belonging is the lookup here, so that an application can be taken back as well."""
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    membership = get_object_or_404(
        circle.memberships.inside() | circle.memberships.applied(), person=request.user
    )
    if request.method == "GET":
        return render(request, "circles/leave.html", {"circle": circle, "membership": membership})
    joining.leave(circle, request.user)
    messages.success(
        request, _("You have left %(circle)s. What you did there stays yours.") % {"circle": circle}
    )
    return redirect("circles:list")


@login_required
@require_POST
def set_pace(request, slug, act):
    """``act`` is joining.pause or joining.resume."""
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    act(get_object_or_404(circle.memberships.inside(), person=request.user), by=request.user)
    return redirect(circle)


@login_required
@require_GET
def invitations(request):
    return render(request, "circles/invitations.html", {"invitations": queries.invitations_of(request.user)})


@login_required
@require_POST
def answer(request, pk, act):
    """``act`` is joining.join or inviting.say_no."""
    membership = get_object_or_404(queries.invitations_of(request.user), pk=pk)
    act(membership.circle, request.user)
    if act is inviting.say_no:
        messages.success(request, _("Thank you for the answer. Nobody asks you again."))
        return redirect("circles:invitations")
    return redirect(Membership.objects.get(pk=pk).circle)
