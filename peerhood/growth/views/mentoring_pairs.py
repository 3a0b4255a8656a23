"""A pair's page, for the two: goals, one's own note, one more day, and the end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.growth.mentoring import keeping, queries
from peerhood.growth.mentoring.forms import DayForm, GainedForm, GoalsForm, NoteForm


def _pair(request, pk):
    return get_object_or_404(queries.pairs_of(request.user), pk=pk)


@login_required
@require_safe
def pair(request, pk):
    return _page(request, _pair(request, pk))


def _page(request, found, **forms):
    goals = list(found.goals.all())
    note = queries.note_of(found, request.user)
    context = {
        "pair": found,
        "other": found.the_other(request.user),
        "i_mentor": found.mentor_id == request.user.pk,
        "i_proposed": found.is_proposed_by(request.user),
        "goals": goals,
        "goals_form": GoalsForm(initial={"goals": "\n".join(goal.text for goal in goals)}),
        "note_form": NoteForm(instance=note),
        "gained_form": GainedForm(instance=note),
        "day_form": DayForm(),
        **forms,
    }
    return render(request, "growth/mentoring/pair.html", context, status=422 if forms else 200)


@login_required
@require_POST
def goals(request, pk):
    found, form = _pair(request, pk), GoalsForm(request.POST)
    if not form.is_valid():
        return _page(request, found, goals_form=form)
    keeping.set_goals(found, form.cleaned_data["goals"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect(found)


@login_required
@require_POST
def tick(request, pk, goal_pk):
    found = _pair(request, pk)
    goal = get_object_or_404(found.goals.select_related("pair__mentor", "pair__mentee"), pk=goal_pk)
    keeping.tick(goal, by=request.user, is_done=request.POST.get("done") == "yes")
    return redirect(found)


@login_required
@require_POST
def note(request, pk):
    found, form = _pair(request, pk), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note_form=form)
    keeping.write(found, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Saved, for you alone."))
    return redirect(found)


@login_required
@require_POST
def gained(request, pk):
    found, form = _pair(request, pk), GainedForm(request.POST)
    if not form.is_valid():
        return _page(request, found, gained_form=form)
    keeping.write(found, by=request.user, gained=form.cleaned_data["gained"])
    messages.success(request, _("Saved, for you alone."))
    return redirect(found)


@login_required
@require_POST
def prolong(request, pk):
    found, form = _pair(request, pk), DayForm(request.POST)
    if not form.is_valid():
        return _page(request, found, day_form=form)
    keeping.propose(found, form.cleaned_data["day"], by=request.user)
    messages.success(request, _("Proposed. It holds when the other says yes."))
    return redirect(found)


@login_required
@require_POST
def answer(request, pk):
    found, agrees = _pair(request, pk), request.POST.get("agrees") == "yes"
    keeping.answer(found, by=request.user, agrees=agrees)
    messages.success(request, _("Agreed.") if agrees else _("It stays with the day you agreed on."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, pk):
    found = _pair(request, pk)
    if request.method == "POST":
        keeping.end(found, by=request.user)
        messages.success(request, _("Ended. Both of you read the same few words, and no reason."))
        return redirect(found)
    return render(
        request, "growth/mentoring/end.html", {"pair": found, "other": found.the_other(request.user)}
    )
