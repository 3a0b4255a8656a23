"""Thanks that one got, and writing some."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.connections.confidence import thanking
from peerhood.connections.confidence.forms import ThanksForm
from peerhood.people.models import Person

PAGE_SIZE = 20


@login_required
@require_safe
def received(request):
    page = Paginator(thanking.received_by(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    near = set(
        Person.objects.sharing_a_circle_with(request.user)
        .filter(pk__in=[note.sender_id for note in page])
        .values_list("pk", flat=True)
    )
    return render(request, "connections/confidence/thanks.html", {"page": page, "near": near})


@login_required
@require_safe
def people(request):
    found = thanking.may_be_thanked_by(request.user).order_by("name", "pk")
    if search := request.GET.get("q", "").replace("\0", "").strip()[:80]:
        found = found.filter(name__icontains=search)
    found = found.prefetch_related("affiliations__employer")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "connections/confidence/people.html", {"page": page, "search": search})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, pk):
    other = get_object_or_404(thanking.may_be_thanked_by(request.user), pk=pk)
    form = ThanksForm(request.POST or None)
    if form.is_valid():
        thanking.thank(request.user, other, form.cleaned_data["text"])
        messages.success(request, _("%(name)s has your thanks.") % {"name": other})
        return redirect("connections:thanks_people")
    context = {"form": form, "other": other, "why_not": thanking.why_not(request.user, other)}
    return render(request, "connections/confidence/write.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request, pk):
    thanking.remove(get_object_or_404(thanking.received_by(request.user), pk=pk), request.user)
    messages.success(request, _("Removed. Nobody is told."))
    return redirect("connections:thanks")
