"""Pages that show several steps at once."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.pages import promise as promising
from peerhood.pages.searching import SearchForm, sections_of
from peerhood.pages.today import today_of
from peerhood.platform.kept_pages import kept
from peerhood.rooms.pot import place
from peerhood.stories.models import Story


@kept("circles", "gatherings", "stories")
def home(request):
    """Today for whoever is signed in; what this network is for everybody else."""
    if request.user.is_authenticated:
        return render(request, "pages/today.html", {"today": today_of(request.user)})
    context = {
        "circles": Circle.objects.visible_to(request.user).filter(parent=None)[:6],
        "gatherings": Gathering.objects.visible_to(request.user).upcoming().select_related("circle")[:3],
        "stories": _latest_stories(request.user),
    }
    return render(request, "pages/home.html", context)


def _latest_stories(person):
    return Story.objects.visible_to(person).published().with_level().with_authors()[:3]


@kept("promise")
def promise(request):
    figures, in_memory = promising.figures(), place.is_in_memory(settings.POT_SPOOL)
    context = {
        "levels": promising.levels(),
        "surfaces": promising.surfaces(),
        "adversaries": promising.adversaries(pot_is_in_memory=in_memory, has_passed=figures.has_passed),
        "figures": figures,
        "pot_is_in_memory": in_memory,
    }
    return render(request, "pages/promise.html", context)


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
