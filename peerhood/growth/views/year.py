"""For my manager: a year, what one writes of it, and the sheet to take along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from peerhood.growth.for_my_manager import paper, writing
from peerhood.growth.for_my_manager import year as years
from peerhood.growth.forms import YearForm
from peerhood.growth.views import files

EARLIEST = 2000


@login_required
@require_safe
def this_year(request):
    return redirect("growth:year", localdate().year)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, year):
    kept = _summary(request, year)
    parts = [part for part in years.PARTS if part not in kept.left_out]
    form = YearForm(
        request.POST if request.method == "POST" else None, initial={"words": kept.words, "parts": parts}
    )
    if form.is_valid():
        writing.keep(year, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved, for you alone."))
        return redirect("growth:year", year)
    told = years.told(request.user, kept)
    context = {
        "form": form,
        "told": told,
        "parts": years.PARTS,
        "names": years.names_in(told, request.user),
        "before": year - 1 if year > EARLIEST else None,
        "after": year + 1 if year < localdate().year else None,
    }
    return render(request, "growth/year.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def as_paper(request, year):
    told = years.told(request.user, _summary(request, year))
    # Nobody is named without having been seen: the page shows whom, and asks.
    if "sure" not in request.GET and years.names_in(told, request.user):
        return redirect("growth:year", year)
    body = paper.made(told, request.user.name)
    return files.answer(body, "application/pdf", "inline", f"year-{year}.pdf")


def _summary(request, year):
    if not EARLIEST <= year <= localdate().year:
        raise Http404
    return writing.summary_of(request.user, year)
