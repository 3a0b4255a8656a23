"""After a gathering: two questions to those who came, materials, and for those who ran it what was said."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.gatherings import looking_back
from peerhood.gatherings.forms.looking_back import NotesForm, SayForm
from peerhood.gatherings.permissions import standing_of
from peerhood.gatherings.views import finding
from peerhood.platform.refusals import Refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    gathering = finding.visible(request, pk)
    standing = standing_of(request.user, gathering)
    if not standing.can_see_guests():
        raise PermissionDenied
    if not gathering.is_over() or gathering.is_cancelled():
        raise Refusal(_("There is nothing to look back on yet."))
    form = SayForm(finding.posted(request)) if looking_back.may_still_say(gathering, request.user) else None
    if request.method == "POST" and form is None:
        raise Refusal(_("You have answered, or it is too long ago. Thank you all the same."))
    if request.method == "POST" and form and form.is_valid():
        looking_back.say(gathering, request.user, form.cleaned_data["at_home"], form.cleaned_data["line"])
        messages.success(request, _("Thank you. The hosts read it once five have answered."))
        return redirect("gatherings:look_back", pk)
    may_host = standing.can_host()
    context = {
        "gathering": gathering,
        "form": form,
        "materials": gathering.agenda.exclude(materials=""),
        "may_host": may_host,
        "attendance": looking_back.attendance_of(gathering) if may_host else None,
        "read": looking_back.read_of(gathering) if may_host else None,
        "fewest": looking_back.FEWEST_SHOWN,
        "notes_form": NotesForm(initial={"notes": looking_back.notes_for(gathering)}) if may_host else None,
    }
    status = 422 if form and form.errors else 200
    return render(request, "gatherings/look_back.html", context, status=status)


@login_required
@require_POST
def note(request, pk):
    gathering = finding.hosted(request, pk)
    form = NotesForm(request.POST)
    if form.is_valid():
        looking_back.note(gathering, form.cleaned_data["notes"], by=request.user)
        messages.success(request, _("Noted. The recap begins with it."))
        return redirect("gatherings:look_back", pk)
    context = {"gathering": gathering, "notes_form": form, "may_host": True, "fewest": 5}
    return render(request, "gatherings/look_back.html", context, status=422)
