"""My hours: what is counted, what could be, and both as files."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from peerhood.growth import progress, queries, telling
from peerhood.growth.views import files
from peerhood.packs import cpd

ON_A_PAGE = 20
# More wait behind those that were counted.
PROPOSED = 10


@login_required
@require_safe
def show(request):
    rules, language = cpd.current(), get_language()
    entries = queries.entries_of(request.user)
    every = list(entries) if (cycles := list(request.user.cpd_cycles.all())) else []
    context = {
        "cycles": [(cycle, progress.lines(cycle, every, rules.sides, language)) for cycle in cycles],
        "has_certifications": bool(rules.rules),
        "proposed": queries.to_propose(request.user)[:PROPOSED],
        "put_away": queries.put_away(request.user)[:PROPOSED],
        "page": Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "growth/hours.html", context)


@login_required
@require_safe
def spreadsheet(request):
    body = telling.as_sheet(queries.entries_of(request.user))
    return files.answer(body, "text/csv; charset=utf-8", "attachment", "hours.csv")


@login_required
@require_safe
def paper(request):
    body = telling.as_paper(queries.entries_of(request.user), request.user.name)
    return files.answer(body, "application/pdf", "inline", "hours.pdf")
