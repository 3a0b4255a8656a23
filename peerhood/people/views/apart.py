"""Those one would rather not be with or has put away; nobody else learns of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.people import putting_away, silence
from peerhood.people.models import Person, Silence

ON_A_PAGE = 25


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def silence_about(request, pk):
    """What one keeps to oneself about somebody whose page one may open, or has blocked."""
    known = Person.objects.visible_to(request.user).filter(pk=pk) | Person.objects.filter(
        pk=pk, silences_about__owner=request.user
    )
    about = get_object_or_404(known.exclude(pk=request.user.pk).distinct())
    if request.method != "POST":
        kept = Silence.objects.filter(owner=request.user, about=about).first()
        return render(request, "people/silence.html", {"about": about, "kept": kept.kind if kept else ""})
    acts = {"not-with": silence.keep_apart, "block": silence.block}
    acts.get(request.POST.get("kind", ""), silence.let_go)(request.user, about)
    messages.success(request, _("Saved. Nobody else learns of it."))
    return redirect("people:silences")


@login_required
@require_safe
def silences(request):
    """The list that nobody else sees."""
    kept = request.user.silences.select_related("about").order_by("about__name")
    return render(request, "people/silences.html", {"silences": kept})


@login_required
@require_safe
def put_aways(request):
    """Whom one has put away; nobody else sees it."""
    kept = request.user.put_away.select_related("about").order_by("-at", "-pk")
    page = Paginator(kept, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/put_aways.html", {"page": page})


@login_required
@require_POST
def put_away(request, pk):
    about = get_object_or_404(Person.objects.visible_to(request.user).exclude(pk=request.user.pk), pk=pk)
    putting_away.put_away(request.user, about)
    messages.success(request, _("%(name)s is not suggested to you again.") % {"name": about})
    return redirect("people:like_me")


@login_required
@require_POST
def take_out(request, pk):
    about = get_object_or_404(Person.objects.filter(pk__in=request.user.put_away.values("about")), pk=pk)
    putting_away.take_out(request.user, about)
    messages.success(request, _("%(name)s may be suggested to you again.") % {"name": about})
    return redirect("people:put_aways")
