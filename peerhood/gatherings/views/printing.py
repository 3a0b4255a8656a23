"""What there is to print, and each sheet as a PDF."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from peerhood.gatherings.permissions import standing_of
from peerhood.gatherings.printing import sheets
from peerhood.gatherings.printing.table_cards import MOST
from peerhood.gatherings.views import finding


@login_required
@require_safe
def show(request, pk):
    gathering = finding.visible(request, pk)
    standing = standing_of(request.user, gathering)
    if not standing.can_greet():
        raise PermissionDenied
    order = sheets.Order(gathering)
    context = {
        "gathering": gathering,
        "order": order,
        "most_tables": MOST,
        "why_not": sheets.why_not(),
        "sheets": [
            (sheet, sheet.counted(order), not order.may_list_names and not sheet.keeps_promises)
            for sheet in sheets.sheets_for(standing)
        ],
    }
    return render(request, "gatherings/printing.html", context)


# A printed list is written down, and what only asks for the headers prints nothing.
@login_required
@require_GET
def sheet(request, pk, sheet):
    gathering = finding.visible(request, pk)
    if sheet not in sheets.SHEETS:
        raise Http404
    wished = request.GET.get("tables", "")
    order = sheets.Order(gathering, int(wished) if wished.isdecimal() and len(wished) < 4 else 0)
    return pdf(
        sheets.put_on_paper(order, sheets.SHEETS[sheet], by=request.user), f"gathering-{pk}-{sheet}.pdf"
    )


def pdf(body, name):
    """A file for one pair of eyes: kept by nobody, found by nobody."""
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )
