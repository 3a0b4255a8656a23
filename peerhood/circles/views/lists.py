"""Member lists read in: choose one, look at what would happen, say yes, and watch it being done."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles import queries
from peerhood.circles.forms import ConfirmForm, ListForm
from peerhood.circles.importing import confirming, preparing, words
from peerhood.circles.importing.formats import OWN_HEADER
from peerhood.circles.importing.preview import WRITES
from peerhood.circles.importing.reading import ImportProblem
from peerhood.circles.models import Import
from peerhood.circles.permissions import can_organise

ON_A_PAGE = 50


@login_required
@require_http_methods(["GET", "POST"])
def choose(request, slug):
    circle = _organised(request, slug)
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            member_list = preparing.prepare(
                circle, form.content(), by=request.user, file_name=form.file_name()
            )
            return redirect("circles:import", slug, member_list.pk)
        except ImportProblem as problem:
            form.add_error(None, str(problem))
    context = {"circle": circle, "form": form, "own_header": ",".join(OWN_HEADER)}
    return render(request, "circles/import_choose.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def look(request, slug, pk):
    """The preview before the yes, the progress after it, and in the end what was done."""
    member_list = _find(request, slug, pk)
    if member_list.state == Import.State.PREVIEW:
        return _preview(request, member_list)
    context = {
        "circle": member_list.circle,
        "member_list": member_list,
        "outcome": words.outcome(member_list.outcome.get("done", {})),
        "faults": [
            (number, " ".join(words.fault(**fault) for fault in faults))
            for number, faults in member_list.outcome.get("faults", [])
        ],
    }
    template = "circles/import_progress.html#progress" if request.htmx else "circles/import_progress.html"
    return render(request, template, context)


def _preview(request, member_list):
    fate = request.GET.get("fate", "")
    rows = [kept for kept in member_list.rows if not fate or kept["fate"] == fate]
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    counts = member_list.outcome["planned"]
    context = {
        "circle": member_list.circle,
        "member_list": member_list,
        "page": page,
        "rows": [(kept["row"], kept["fate"], words.sentence(kept)) for kept in page],
        "fate": fate,
        "counts": [(name, words.counted(name, count)) for name, count in counts.items() if count],
        "writes_count": sum(counts[fate] for fate in WRITES),
        "form": ConfirmForm(),
    }
    return render(request, "circles/import_preview.html", context)


@login_required
@require_POST
def confirm(request, slug, pk):
    member_list = _find(request, slug, pk)
    confirming.confirm(member_list, by=request.user, writes_to_invited="writes" in request.POST)
    return redirect("circles:import", slug, pk)


@login_required
@require_POST
def cancel(request, slug, pk):
    preparing.cancel(_find(request, slug, pk), by=request.user)
    return redirect("circles:members", slug)


def _organised(request, slug):
    circle = get_object_or_404(queries.circles_of(request.user), slug=slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    return circle


def _find(request, slug, pk):
    """A list is seen by whoever read it in, and by nobody else. What it says is read only where it is shown."""
    lists = _organised(request, slug).imports.select_related("circle").defer("rows")
    return get_object_or_404(lists, pk=pk, by=request.user)
