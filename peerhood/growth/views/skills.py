"""Skills: my own, how I saw them before, and what a circle knows of them together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.permissions import can_organise
from peerhood.circles.queries import circles_of
from peerhood.growth.models import Assessment
from peerhood.growth.skills import asking, assessing, figures, lists, radar, sharing
from peerhood.growth.skills.forms import AssessForm, HelpForm, ListForm
from peerhood.packs import skills as packed

ON_A_PAGE = 20


def _circle(request, slug):
    """The circle, from inside."""
    return get_object_or_404(circles_of(request.user), slug=slug)


def _list(request, slug=None):
    """The profession's list, or the own one of a circle one belongs to."""
    if slug is None:
        return lists.of_profession(get_language() or "")
    found = lists.of_circle(_circle(request, slug), get_language() or "")
    if found.circle is None:
        raise Http404
    return found


@login_required
@require_safe
def mine(request, slug=None):
    skills = _list(request, slug)
    last, before = [*assessing.latest(request.user, skills), None, None][:2]
    circles = list(circles_of(request.user))
    context = {
        "circle": skills.circle,
        "last": last,
        "before": before,
        "rows": _rows(skills, last, before),
        "radar": radar.drawn([last.levels.get(key) for key in skills.names]) if last else None,
        "has_skills": bool(skills.names),
        "circles": circles,
        "with_own": lists.circles_with_own(circles),
    }
    return render(request, "growth/skills/mine.html", context)


def _rows(skills, last, before):
    """Each skill with what is said of it now, in words, and what was said the time before."""
    language, pack = get_language() or "", packed.current()

    def word(made, key):
        level = made.levels.get(key) if made else None
        return (level, pack.level(level, language)) if level else None

    return [
        {"name": name, "now": word(last, key), "was": word(before, key)} for key, name in skills.names.items()
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request, slug=None):
    skills = _list(request, slug)
    last = next(iter(assessing.latest(request.user, skills)), None)
    said = last.levels if last else {}
    form = AssessForm(request.POST or None, skills=skills, language=get_language() or "", said=said)
    if form.is_valid():
        assessing.assess(request.user, skills, form.levels())
        messages.success(request, _("Saved. Only you see it."))
        return redirect("growth:own_skills", slug) if slug else redirect("growth:skills")
    context = {"form": form, "circle": skills.circle, "has_skills": bool(skills.names)}
    return render(request, "growth/skills/assess.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def history(request):
    made = list(Assessment.objects.filter(person=request.user).select_related("circle"))
    names = lists.names_of({key for each in made for key in each.levels}, get_language() or "")
    steps = assessing.history(made, names)
    page = Paginator(steps, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "growth/skills/history.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, pk):
    made = get_object_or_404(Assessment.objects.filter(person=request.user), pk=pk)
    if request.method == "POST":
        assessing.remove(made, by=request.user)
        messages.success(request, _("Taken away."))
        return redirect("growth:skill_history")
    return render(request, "growth/skills/remove.html", {"made": made})


@login_required
@require_safe
def of_circle(request, slug):
    circle, language = _circle(request, slug), get_language() or ""
    skills = lists.of_circle(circle, language)
    counts, shown = asking.helper_counts(circle, seen_by=request.user), figures.shown_in(circle, skills)
    context = {
        "circle": circle,
        "has_own": skills.circle is not None,
        "rows": [
            {"key": key, "name": name, "counts": shown.get(key), "helper_count": counts[key]}
            for key, name in skills.names.items()
        ],
        "levels": [packed.current().level(number, language) for number in packed.LEVELS],
        "has_figures": bool(shown),
        "shares": sharing.shares(circle, request.user),
        "organises": can_organise(request.user, circle),
    }
    return render(request, "growth/skills/circle.html", context)


@login_required
@require_POST
def share(request, slug, act):
    """``act`` is sharing.share or sharing.share_no_more; the URL decides."""
    act(_circle(request, slug), request.user)
    is_in = act is sharing.share
    messages.success(request, _("Your answers are counted.") if is_in else _("You share no more."))
    return redirect("growth:circle_skills", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, slug):
    circle = _circle(request, slug)
    skills = lists.of_circle(circle, get_language() or "")
    initial = {"keys": asking.offered_by(request.user, circle)}
    # Nothing ticked is an answer, too.
    form = HelpForm(request.POST if request.method == "POST" else None, skills=skills, initial=initial)
    if form.is_valid():
        asking.offer(circle, request.user, skills, form.cleaned_data["keys"])
        messages.success(request, _("Saved."))
        return redirect("growth:circle_skills", slug)
    context = {"circle": circle, "form": form}
    return render(request, "growth/skills/offer.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def helpers(request, slug, key):
    circle = _circle(request, slug)
    skills = lists.of_circle(circle, get_language() or "")
    if key not in skills.names:
        raise Http404
    found = asking.helpers_with(key, circle, seen_by=request.user)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    coffee = asking.may_have_coffee(request.user, page.object_list)
    introduction = asking.may_be_introduced(request.user, page.object_list)
    context = {
        "circle": circle,
        "has_own": skills.circle is not None,
        "name": skills.names[key],
        "page": page,
        "people": [(person, person.pk in introduction, person.pk in coffee) for person in page],
    }
    return render(request, "growth/skills/helpers.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_list(request, slug):
    circle = _circle(request, slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    lines = list(circle.skills.filter(is_listed=True))
    form = ListForm(request.POST or None, lines=lines)
    if form.is_valid():
        lists.change(circle, by=request.user, names=form.names(), added=form.cleaned_data["added"])
        messages.success(request, _("Saved."))
        return redirect("growth:circle_skills", slug)
    context = {"circle": circle, "form": form, "has_own": bool(lines)}
    return render(request, "growth/skills/list.html", context, status=422 if form.errors else 200)
