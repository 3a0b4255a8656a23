"""A date poll: asked by a host, answered by members on one page, and turned into a draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings import polling, queries
from peerhood.gatherings.forms.polling import PollForm
from peerhood.gatherings.models import DatePoll, Series, SlotAnswer
from peerhood.gatherings.permissions import can_draft
from peerhood.gatherings.views import finding


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, series_pk):
    visible = Circle.objects.visible_to(request.user)
    found = Series.objects.filter(circle__in=visible).select_related("circle")
    series = get_object_or_404(found, pk=series_pk)
    if not can_draft(request.user, series.circle):
        raise PermissionDenied
    # What is typed and shown here is the clock on the circle's own wall.
    with timezone.override(series.circle.time_zone):
        form = PollForm(
            finding.posted(request),
            initial={"title": series.name},
            starts=polling.proposed_starts(series) if request.method != "POST" else None,
        )
        if request.method == "POST" and form.is_valid():
            return redirect(polling.open_poll(series, by=request.user, **form.cleaned_data))
        context = {"circle": series.circle, "series": series, "form": form}
        return render(request, "gatherings/new_poll.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def show(request, pk):
    poll = _find(request, pk)
    dates = queries.dates_of(poll, request.user)
    may_host = can_draft(request.user, poll.circle)
    context = {
        "poll": poll,
        "dates": dates,
        "choices": SlotAnswer.Said.choices,
        "answered_count": len({one.pk for date in dates for _word, people in date.said for one in people}),
        "has_answered": any(date.mine for date in dates),
        "may_host": may_host,
        "silent_count": len(polling.silent_in(poll)) if may_host and poll.is_open() else 0,
        "may_remind": may_host and polling.may_remind(poll),
    }
    return render(request, "gatherings/poll.html", context)


@login_required
@require_POST
def answer(request, pk):
    poll = _find(request, pk)
    said = {
        slot: request.POST[f"slot-{slot}"]
        for slot in poll.slots.values_list("pk", flat=True)
        if request.POST.get(f"slot-{slot}") in SlotAnswer.Said
    }
    polling.answer(poll, request.user, said)
    messages.success(request, _("Thank you. You can change your answer until a date is picked."))
    return redirect(poll)


@login_required
@require_POST
def choose(request, pk, slot_pk):
    poll = _find(request, pk)
    slot = get_object_or_404(poll.slots, pk=slot_pk)
    return redirect("gatherings:edit", polling.choose(poll, slot, by=request.user).pk)


@login_required
@require_POST
def remind(request, pk):
    poll = _find(request, pk)
    count = polling.remind(poll, by=request.user)
    said = ngettext("%(count)d person gets a mail.", "%(count)d people get a mail.", count)
    messages.success(request, said % {"count": count})
    return redirect(poll)


@login_required
@require_POST
def end(request, pk, act):
    """``act`` is polling.close or polling.reopen."""
    poll = _find(request, pk)
    act(poll, by=request.user)
    return redirect(poll)


def _find(request, pk):
    polls = DatePoll.objects.visible_to(request.user).select_related("circle", "gathering")
    return get_object_or_404(polls, pk=pk)
