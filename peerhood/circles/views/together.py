"""One act for many members: choose them on the list, look at what would happen, say yes, take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from peerhood.circles import queries, together
from peerhood.circles.models import BulkChange
from peerhood.circles.permissions import can_organise
from peerhood.platform.whole_numbers import whole_number


@login_required
@require_POST
def change(request, slug):
    """Without a yes it is a preview; the yes names the same people again."""
    circle = _organised(request, slug)
    ids = [pk for said in request.POST.getlist("member") if (pk := whole_number(said)) >= 0]
    act = request.POST.get("act", "")
    if act not in BulkChange.Act.values or not ids:
        messages.error(request, _("Choose some members, and what to do."))
        return redirect("circles:members", slug)
    if "yes" not in request.POST:
        planned = together.plan(circle, ids, act, by=request.user)
        context = {"circle": circle, "planned": planned, "act": BulkChange.Act(act)}
        return render(request, "circles/together.html", context)
    done = together.carry_out(circle, ids, act, by=request.user)
    count = len(done.before) if done else 0
    messages.success(
        request, ngettext("%(n)d member changed.", "%(n)d members changed.", count) % {"n": count}
    )
    return redirect("circles:members", slug)


@login_required
@require_POST
def undo(request, slug, pk):
    circle = _organised(request, slug)
    count = together.undo(get_object_or_404(circle.bulk_changes, pk=pk, by=request.user), by=request.user)
    messages.success(
        request, ngettext("%(n)d member is as before.", "%(n)d members are as before.", count) % {"n": count}
    )
    return redirect("circles:members", slug)


def _organised(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    return circle
