"""One page to edit a gathering and its agenda, and the page that shows two texts when two people saved."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peerhood.circles.permissions import can_organise
from peerhood.design import moments
from peerhood.gatherings import agenda, planning
from peerhood.gatherings.forms.editing import AgendaForms, GatheringForm, ReachForm, moved
from peerhood.gatherings.models import AgendaItem
from peerhood.gatherings.series import following
from peerhood.gatherings.views import finding
from peerhood.platform.refusals import Refusal

COLUMNS = (*agenda.WRITTEN, "item_pk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    gathering = finding.hosted(request, pk)
    # What is typed and shown here is the clock on the gathering's own wall.
    with timezone.override(gathering.zone):
        if request.method != "POST":
            form = GatheringForm(instance=gathering, initial={"version": gathering.version})
            as_it_stands = [vars(line) for line in agenda.lines_of(gathering)]
            return _page(request, form, AgendaForms(prefix="line", initial=as_it_stands))
        form = GatheringForm(request.POST, instance=gathering)
        if "change" in request.POST:
            return _rearranged(request, form)
        lines = AgendaForms(request.POST, prefix="line")
        if not (form.is_valid() and lines.is_valid()):
            return _page(request, form, lines, status=422)
        try:
            _save(request, gathering, form, lines)
        except planning.Conflict as conflict:
            return _conflict(request, conflict.gathering, form, lines)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _page(request, form, lines, status=409)
    return redirect("gatherings:detail", pk)


@transaction.atomic
def _save(request, gathering, form, lines):
    """Save, and publish when that button was pressed: both happen, or neither."""
    fields = dict(form.cleaned_data)
    fields["hosts"] = list(fields["hosts"])
    fields["lines"] = [line.line() for line in lines]
    reach = ReachForm(request.POST)
    if gathering.series_id and reach.is_valid() and reach.is_about_all():
        outcome = following.edit_all(gathering, by=request.user, seen=reach.versions(), **fields)
        _tell_of_the_others(request, outcome)
        saved = outcome.gathering
    else:
        saved = planning.edit(gathering, by=request.user, **fields)
    if "publish" in request.POST:
        planning.publish(saved, by=request.user, anyway="anyway" in request.POST)
    elif not saved.is_draft():
        # A draft is warned about where it is published; what is announced already, here.
        for warning in agenda.warnings(saved):
            messages.warning(request, warning)


def _tell_of_the_others(request, outcome):
    """Which of those that follow were changed, and which were left, and why."""
    if outcome.changed:
        days = "; ".join(moments.span(one.starts_at) for one in outcome.changed)
        messages.success(request, _("Changed as well: %(days)s.") % {"days": days})
    for one, why in outcome.left:
        day = moments.span(one.starts_at)
        messages.warning(request, _("Left as it was: %(day)s. %(why)s") % {"day": day, "why": why})


def _rearranged(request, form):
    """Move, add or drop a line as typed so far; nothing is saved yet."""
    typed = AgendaForms(request.POST, prefix="line")
    rows = [{column: line[column].value() for column in COLUMNS} for line in typed]
    rows, at = moved(rows, request.POST["change"])
    template = "gatherings/edit.html"
    if request.htmx:
        template += "#notes" if request.POST["change"] == "notes" else "#rearranged"
    return _page(request, form, AgendaForms(prefix="line", initial=rows), template=template, moved_to=at)


def _page(request, form, lines, *, template="gatherings/edit.html", status=200, **more):
    clock = _clock(form, lines)
    typed, gathering = [_typed(line) for line in lines], form.instance
    context = {
        "gathering": gathering,
        "form": form,
        "reach": _reach(request, gathering),
        "lines": lines,
        "timed_lines": list(zip(lines, clock, strict=False)),
        "ends_at": clock[-1],
        "warnings": list(agenda.warnings_about(typed, clock[0].astimezone(gathering.zone).time())),
        "lacking": agenda.lacking_in(typed),
        "share": agenda.share_of(typed),
        **more,
    }
    return render(request, template, context, status=status)


def _reach(request, gathering):
    """Asked of those who may change the series, too."""
    if gathering.series_id is None or not can_organise(request.user, gathering.circle):
        return None
    return (
        ReachForm(finding.posted(request))
        if request.method == "POST"
        else ReachForm.about(following.following(gathering))
    )


def _typed(line):
    """A line as far as it is written; a field that makes no sense takes no time."""
    kind, title, minutes, *others = (str(line[column].value() or "") for column in agenda.WRITTEN)
    length_minutes = int(minutes) if minutes.isdecimal() and len(minutes) < 5 else 0
    return agenda.Line(kind, title, length_minutes, *others)


def _clock(form, lines):
    """When each line begins, from what stands in the fields, and when the last one is over."""
    try:
        moment = form.fields["starts_at"].to_python(form["starts_at"].value())
    except ValidationError:
        moment = None
    moment, clock = moment or form.instance.starts_at, []
    for line in lines:
        clock.append(moment)
        moment += timedelta(minutes=_typed(line).length_minutes)
    return [*clock, moment]


def _conflict(request, saved, form, lines):
    """Yours and theirs side by side; what you wrote stays in the form, ready to be saved over theirs."""
    data = request.POST.copy()
    data["version"] = saved.version
    again = GatheringForm(data, instance=saved)
    differences = list(_differences(form, [line.line() for line in lines], saved))
    return _page(request, again, lines, status=409, differences=differences)


def _differences(form, lines, saved):
    for name in form.Meta.fields:
        yours, theirs = form.cleaned_data[name], getattr(saved, name)
        if name == "hosts":
            yours, theirs = ", ".join(map(str, yours)), ", ".join(map(str, theirs.order_by("name", "pk")))
        if yours != theirs:
            words = dict(getattr(form.fields[name], "choices", ()) if name != "hosts" else ())
            yield capfirst(form.fields[name].label), *(_said(words.get(one, one)) for one in (yours, theirs))
    if lines != (saved_lines := agenda.lines_of(saved)):
        yield _("The run of the day"), _run(lines), _run(saved_lines)


def _said(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return moments.span(value) if hasattr(value, "tzinfo") else str(value)


def _run(lines):
    return "\n".join(" · ".join(filter(None, _told(line))) for line in lines)


def _told(line):
    kind, level = AgendaItem.Kind(line.kind), AgendaItem.Confidentiality(line.confidentiality)
    said = (str(line.length_minutes), line.title, str(kind.label), line.speaker, str(level.label))
    return *said, line.materials
