"""The letter to an employer, as a page and as a file. What is typed comes by post, and stays nowhere."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from peerhood.gatherings.forms.letter import LetterForm
from peerhood.gatherings.printing import letter as letters
from peerhood.gatherings.printing.paper import Paper
from peerhood.gatherings.views import finding
from peerhood.gatherings.views.printing import pdf
from peerhood.platform.refusals import Refusal

asked = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@asked
def show(request, pk):
    gathering, form = _asked_for(request, pk)
    context = {"gathering": gathering, "form": form, "letter": _written(request, gathering, form)}
    return render(request, "gatherings/letter.html", context, status=422 if form.errors else 200)


@login_required
@asked
def file(request, pk):
    gathering, form = _asked_for(request, pk)
    letter = _written(request, gathering, form)
    with Paper(letter.about, letter.language) as paper:
        letters.draw(paper, letter)
        return pdf(paper.to_bytes(), f"letter-{pk}.pdf")


def _asked_for(request, pk):
    gathering = finding.visible(request, pk)
    if not letters.may_have(request.user, gathering):
        raise PermissionDenied
    if not gathering.is_announced():
        raise Refusal(_("There is nothing to write about yet, or not any more: it is not announced."))
    may_name = letters.may_name_circle(request.user, gathering)
    initial = {"language": get_language()}
    return gathering, LetterForm(finding.posted(request), initial=initial, may_name_circle=may_name)


def _written(request, gathering, form):
    """What was typed, as far as it could be read."""
    typed = form.cleaned_data if form.is_valid() else {}
    return letters.written(
        gathering,
        request.user,
        language=typed.get("language") or get_language(),
        employer=typed.get("employer", ""),
        names_circle=typed.get("names_circle", False),
    )
