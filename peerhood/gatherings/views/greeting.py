"""Who comes for the first time, who meets them, and whom nobody meets yet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings.coming import greeting
from peerhood.gatherings.permissions import can_greet
from peerhood.gatherings.views import finding
from peerhood.platform.whole_numbers import whole_number


@login_required
@require_safe
def newcomers(request, pk):
    gathering = finding.visible(request, pk)
    if not can_greet(request.user, gathering):
        raise PermissionDenied
    rsvps = greeting.newcomers_of(gathering)
    context = {
        "gathering": gathering,
        "rsvps": rsvps,
        "alone_count": sum(rsvp.greeter_id is None for rsvp in rsvps),
        "is_near": greeting.is_near(gathering),
        "others": list(greeting.may_meet(gathering)),
    }
    return render(request, "gatherings/newcomers.html", context)


@login_required
@require_POST
def choose(request, pk, rsvp_pk):
    gathering = finding.visible(request, pk)
    rsvp = get_object_or_404(gathering.rsvps.going(), pk=rsvp_pk)
    number = whole_number(request.POST.get("greeter", ""))
    # Whoever may not choose learns nothing from what is not found.
    if not can_greet(request.user, gathering):
        raise PermissionDenied
    found = greeting.may_meet(gathering).filter(pk=number)
    greeter = get_object_or_404(found)
    greeting.choose(rsvp, greeter, by=request.user)
    messages.success(
        request, _("%(greeter)s meets %(name)s.") % {"greeter": greeter.name, "name": rsvp.person.name}
    )
    return redirect("gatherings:newcomers", pk)


@login_required
@require_POST
def buddy(request, pk, act):
    """``act`` is buddies.ask, ask_no_more or say_yes; the URL decides."""
    act(finding.visible(request, pk), request.user)
    return redirect("gatherings:placed", pk)
