"""The time line's doors: the page, and a page for each step that is read through before it is done."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.gatherings import agenda, planning
from peerhood.gatherings.coming import messages as host_messages
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.gatherings.writing import to_everybody
from peerhood.gatherings.writing.forms import NumberForm
from peerhood.notices import as_html, mass_mail
from peerhood.pages.timeline.forms import WordsForm
from peerhood.pages.timeline.letters import LETTERS, draft_of
from peerhood.pages.timeline.saying import told
from peerhood.pages.timeline.steps import Name
from peerhood.platform.refusals import Refusal
from peerhood.platform.whole_numbers import whole_number
from peerhood.themes import deciding
from peerhood.themes.models import Adoption

MOST_THEMES = 30


def _hosted(request, pk) -> Gathering:
    """The gathering for somebody who runs it; for others 403 or, where they may not know of it, 404."""
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    if not can_host(request.user, gathering):
        raise PermissionDenied
    return gathering


@login_required
@require_safe
def show(request, pk):
    gathering = _hosted(request, pk)
    context = {"gathering": gathering, "told": told(gathering, request.user)}
    return render(request, "timeline/page.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
def step(request, pk, step):
    gathering = _hosted(request, pk)
    if step in LETTERS:
        return _letter(request, gathering, Name(step))
    if step == Name.THEME:
        return _theme(request, gathering)
    if step == Name.NEXT:
        return _next(request, gathering)
    raise Http404


def _letter(request, gathering, name):
    """Read through what is sent and to how many; then keep the words, or send."""
    kept, posted = host_messages.words_of(gathering, name), request.POST if request.method == "POST" else None
    form = WordsForm(posted, initial={"words": kept})
    if posted and form.is_valid() and "keep" in posted:
        host_messages.write(gathering, name, form.cleaned_data["words"], by=request.user)
        messages.success(request, _("Kept. This is how it reads now."))
        return redirect("pages:timeline_step", gathering.pk, name)
    draft = draft_of(gathering, name, request.user)
    number = NumberForm(posted, is_mass=mass_mail.is_mass(draft.to_count))
    if posted and form.is_valid() and number.is_valid():
        try:
            return _send(
                request, gathering, name, form.cleaned_data["words"], number.cleaned_data.get("typed")
            )
        except mass_mail.NotConfirmed as refusal:
            # Whoever joined a moment ago made it many, or more of them.
            draft, number = draft_of(gathering, name, request.user), NumberForm(posted, is_mass=True)
            number.add_error("typed", str(refusal))
    has_errors = bool(form.errors or number.errors)
    is_announcing = name == Name.INVITE and gathering.is_draft()
    lines = agenda.lines_of(gathering) if is_announcing else []
    context = {
        "gathering": gathering,
        "name": name,
        "form": form,
        "number": number,
        "draft": draft,
        "left": mass_mail.left_today(to_everybody.sender_of(gathering)),
        "is_announcing": is_announcing,
        "warnings": agenda.warnings(gathering) if is_announcing else [],
        "lacking": agenda.lacking_in(lines),
    }
    return render(request, "timeline/letter.html", context, status=422 if has_errors else 200)


@login_required
@require_safe
@xframe_options_sameorigin
@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})  # type: ignore[arg-type]
def mail(request, pk, step):
    """The letter itself, as a mail program shows it: for the frame on its page."""
    gathering = _hosted(request, pk)
    if step not in LETTERS:
        raise Http404
    draft = draft_of(gathering, Name(step), request.user)
    return HttpResponse(as_html.page_of(draft.subject, draft.text, request.user.language))


def _send(request, gathering, name, words, typed):
    try:
        sent_count = _sent(request, gathering, name, words, typed)
    except Refusal:
        # What was typed is kept before the refusal is shown.
        host_messages.write(gathering, name, words, by=request.user)
        raise
    said = ngettext("Sent to %(n)d person.", "Sent to %(n)d people.", sent_count) % {"n": sent_count}
    messages.success(
        request, said if sent_count else _("Everybody has had it already; nothing was sent again.")
    )
    return redirect("pages:timeline", gathering.pk)


@transaction.atomic
def _sent(request, gathering, name, words, typed) -> int:
    """A draft is announced by its invitation: both, or neither."""
    if name == Name.INVITE and gathering.is_draft():
        purpose, anyway = request.POST.get("purpose", "")[:200], "anyway" in request.POST
        planning.publish(gathering, by=request.user, anyway=anyway, purpose=purpose)
    return LETTERS[name].send(gathering, by=request.user, words=words, typed=typed)


def _theme(request, gathering):
    if request.method == "POST":
        number = whole_number(request.POST.get("theme", ""))
        theme = get_object_or_404(gathering.circle.themes, pk=number)
        deciding.take(theme, gathering, by=request.user)
        messages.success(request, _("“%(title)s” it is.") % {"title": theme})
        return redirect("pages:timeline", gathering.pk)
    if Adoption.objects.filter(gathering=gathering.pk).exists():
        return redirect("pages:timeline", gathering.pk)
    themes = gathering.circle.themes.backlog()[:MOST_THEMES]
    return render(request, "timeline/theme.html", {"gathering": gathering, "themes": themes})


def _next(request, gathering):
    if request.method != "POST":
        return redirect("pages:timeline", gathering.pk)
    following = deciding.draft_after(gathering, by=request.user)
    return redirect("pages:timeline", following.pk)


@login_required
@require_POST
def take_back(request, pk, step):
    gathering = _hosted(request, pk)
    if step not in LETTERS:
        raise Http404
    taken = host_messages.take_back(gathering, step, by=request.user)
    said = ngettext("%(n)d mail was taken back.", "%(n)d mails were taken back.", taken) % {"n": taken}
    messages.success(request, said if taken else _("They have all left already."))
    return redirect("pages:timeline_step", gathering.pk, step)
