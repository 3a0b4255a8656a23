"""Pages that show several steps at once."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.pages.searching import SearchForm, sections_of
from peerhood.pages.today import today_of
from peerhood.platform.kept_pages import kept
from peerhood.stories.models import Story


@kept("circles", "gatherings", "stories")
def home(request):
    """Today for whoever is signed in; what this network is for everybody else."""
    if request.user.is_authenticated:
        return render(request, "pages/today.html", {"today": today_of(request.user)})
    context = {
        "circles": Circle.objects.visible_to(request.user).filter(parent=None)[:6],
        "gatherings": Gathering.objects.visible_to(request.user).upcoming().select_related("circle")[:3],
        "stories": Story.objects.visible_to(request.user).published().select_related("circle", "author")[:3],
    }
    return render(request, "pages/home.html", context)


@kept("promise")
def promise(request):
    return render(request, "pages/promise.html")


@require_safe
def search(request):
    """Everything there is, by words, as far as whoever asks may know of it."""
    form = SearchForm(request.GET, label_suffix="")
    form.is_valid()
    typed, kind = form.cleaned_data.get("q", ""), form.cleaned_data.get("kind", "")
    is_part = bool(getattr(request, "htmx", None)) and not request.htmx.history_restore_request
    context = {
        "form": form,
        "typed": typed,
        "kind": kind,
        "is_part": is_part,
        "search": sections_of(request.user, typed, kind, request.GET.get("page", "")),
    }
    return render(request, f"pages/search.html{'#found' if is_part else ''}", context)
