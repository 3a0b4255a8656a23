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

from peerhood.design import moments
from peerhood.gatherings import agenda, planning
from peerhood.gatherings.forms import AgendaForms, GatheringForm, moved
from peerhood.gatherings.models import AgendaItem
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
    saved = planning.edit(gathering, by=request.user, lines=[line.line() for line in lines], **fields)
    if "publish" in request.POST:
        planning.publish(saved, by=request.user, anyway="anyway" in request.POST)
    elif not saved.is_draft():
        # A draft is warned about where it is published; what is announced already, here.
        for warning in agenda.warnings(saved):
            messages.warning(request, warning)


def _rearranged(request, form):
    """Move, add or drop a line as typed so far; nothing is saved yet."""
    typed = AgendaForms(request.POST, prefix="line")
    rows = [{column: line[column].value() for column in COLUMNS} for line in typed]
    rows, at = moved(rows, request.POST["change"])
    template = "gatherings/edit.html#agenda" if request.htmx else "gatherings/edit.html"
    return _page(request, form, AgendaForms(prefix="line", initial=rows), template=template, moved_to=at)


def _page(request, form, lines, *, template="gatherings/edit.html", status=200, **more):
    *begins, ends_at = _clock(form, lines)
    context = {
        "gathering": form.instance,
        "form": form,
        "lines": lines,
        "timed_lines": list(zip(lines, begins, strict=True)),
        "ends_at": ends_at,
        "warnings": agenda.warnings(form.instance),
        **more,
    }
    return render(request, template, context, status=status)


def _clock(form, lines):
    """When each line begins, from what stands in the fields; a field that makes no sense takes no time."""
    try:
        moment = form.fields["starts_at"].to_python(form["starts_at"].value())
    except ValidationError:
        moment = None
    moment, begins = moment or form.instance.starts_at, []
    for line in lines:
        begins.append(moment)
        typed = str(line["length_minutes"].value() or "")
        moment += timedelta(minutes=int(typed) if typed.isdecimal() and len(typed) < 5 else 0)
    return [*begins, moment]


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
            yield capfirst(form.fields[name].label), _said(yours), _said(theirs)
    if lines != (saved_lines := agenda.lines_of(saved)):
        yield _("The run of the day"), _run(lines), _run(saved_lines)


def _said(value):
    return moments.span(value) if hasattr(value, "tzinfo") else str(value)


def _run(lines):
    return "\n".join(" · ".join(filter(None, _told(line))) for line in lines)


def _told(line):
    kind, level = AgendaItem.Kind(line.kind), AgendaItem.Confidentiality(line.confidentiality)
    return str(line.length_minutes), line.title, str(kind.label), line.speaker, str(level.label)
