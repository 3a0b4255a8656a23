"""Write to everybody who comes: the words, a look at them on a phone, and the number of readers typed in."""

import hashlib

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from peerhood.gatherings.views import finding
from peerhood.gatherings.writing import to_everybody
from peerhood.gatherings.writing.forms import NumberForm, WordsForm
from peerhood.notices import mass_mail
from peerhood.platform.refusals import Refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
def words(request, pk):
    """Fill in, look, send: three answers of one page. The words are kept in the session until they are sent."""
    gathering = finding.hosted(request, pk)
    to_everybody.check(gathering, request.user)
    form = WordsForm(finding.posted(request), initial=request.session.get(_name(gathering)))
    if request.method != "POST" or not form.is_valid() or "again" in request.POST:
        return _show(request, gathering, form, status=422 if form.errors else 200)
    request.session[_name(gathering)] = form.cleaned_data
    readers = to_everybody.readers_of(gathering, **form.cleaned_data)
    is_mass = mass_mail.is_mass(len(readers.people))
    number = NumberForm(request.POST if "send" in request.POST else None, is_mass=is_mass)
    if "send" in request.POST and number.is_valid():
        try:
            count = to_everybody.write(
                gathering, **form.cleaned_data, typed=number.cleaned_data.get("typed"), by=request.user
            )
        except Refusal as refusal:
            return _look(request, gathering, form, readers, number, refusal=refusal, status=409)
        request.session.pop(_name(gathering), None)
        _say(request, count)
        return redirect("gatherings:detail", pk)
    return _look(request, gathering, form, readers, number, status=422 if number.errors else 200)


@login_required
@require_safe
@xframe_options_sameorigin
@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})  # type: ignore[arg-type]
def preview(request, pk, digest):
    """The mail itself, as a mail program shows it: for the frame on the page, and for whoever wrote it."""
    gathering = finding.hosted(request, pk)
    kept = request.session.get(_name(gathering))
    if not kept or _digest(kept["words"]) != digest:
        raise Http404
    _subject, _text, html = to_everybody.shown_to(request.user, gathering, kept["words"])
    return HttpResponse(html)


def _show(request, gathering, form, *, status):
    context = {
        "gathering": gathering,
        "form": form,
        "left": mass_mail.left_today(to_everybody.sender_of(gathering)),
        "counts": [(to.label, len(to_everybody.readers_of(gathering, to).people)) for to in to_everybody.To],
    }
    return render(request, "gatherings/words.html", context, status=status)


def _look(request, gathering, form, readers, number, *, status, refusal=None):
    to, said = form.cleaned_data["to"], form.cleaned_data["words"]
    context = {
        "gathering": gathering,
        "form": form,
        "number": number,
        "to": to_everybody.To(to).label,
        "readers": readers,
        "is_mass": mass_mail.is_mass(len(readers.people)),
        "left": mass_mail.left_today(to_everybody.sender_of(gathering)),
        "subject": to_everybody.shown_to(request.user, gathering, said)[0],
        "digest": _digest(said),
        "refusal": refusal,
    }
    return render(request, "gatherings/words_preview.html", context, status=status)


def _say(request, count):
    said = ngettext("Your words go to %(n)d person.", "Your words go to %(n)d people.", count) % {"n": count}
    messages.success(request, said)


def _name(gathering):
    return f"words/{gathering.pk}"


def _digest(words):
    return hashlib.blake2b(words.encode(), digest_size=12).hexdigest()
