"""What came of it: the list, one story, and the writer's desk. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings import looking_back
from peerhood.gatherings.models import Gathering
from peerhood.platform.kept_pages import kept
from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms.harvest.gathered import gathered_in
from peerhood.stories import harvesting, naming, publishing, queries
from peerhood.stories.forms import EditForm, StoryForm
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_edit, can_write_up

PAGE_SIZE = 20


@kept("circles", "stories")
@require_safe
def list_stories(request):
    published = Story.objects.visible_to(request.user).published().with_level()
    published = published.select_related("circle", "author")
    circle = None
    # PostgreSQL takes no NUL, and no circle's word has one.
    if slug := request.GET.get("circle", "").replace("\0", ""):
        circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
        published = published.filter(circle=circle)
    context = {"circle": circle, "page": Paginator(published, PAGE_SIZE).get_page(request.GET.get("page"))}
    if request.user.is_authenticated:
        context |= _for_writers(request.user)
    return render(request, "stories/list.html", context)


def _for_writers(person):
    drafts = Story.objects.visible_to(person).drafts().select_related("circle")[:10]
    return {"drafts": drafts, "to_write_up": queries.to_write_up(person)}


def _story(request, slug):
    stories = Story.objects.visible_to(request.user).with_level()
    stories = stories.select_related("circle", "author", "gathering")
    return get_object_or_404(stories, slug=slug)


@kept("circles", "stories")
@require_safe
def detail(request, slug):
    story = _story(request, slug)
    context = {
        "story": story,
        "rules": queries.rules_of(story.gathering),
        "can_edit": can_edit(request.user, story),
    }
    if context["can_edit"] and not story.is_published():
        context["names"] = _names(request, story.gathering, [story.title, story.teaser, story.text])
    return render(request, "stories/detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    gathering = _gathering(request)
    if not can_write_up(request.user, gathering):
        raise PermissionDenied
    publishing.refuse_untold(gathering)
    notes = looking_back.notes_for(gathering)
    form = StoryForm(request.POST or None, initial={"title": gathering.title, "text": notes})
    if form.is_valid() and "preview" not in request.POST:
        story = publishing.write(gathering, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept as a draft. Publish it when it is ready."))
        return redirect(story)
    told = gathering.stories.filter(pk__in=Story.objects.visible_to(request.user).values("pk"))
    return _desk(request, form, gathering, told=told, collected=gathered_in(gathering))


@login_required
@require_POST
def from_the_room(request):
    story = harvesting.draft_recap(_gathering(request), by=request.user)
    messages.success(request, _("Kept as a draft. Publish it when it is ready."))
    return redirect("stories:edit", story.slug)


def _gathering(request):
    pk = whole_number(request.GET.get("gathering", ""))
    return get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug):
    story = _story(request, slug)
    if not can_edit(request.user, story):
        raise PermissionDenied
    form = EditForm(request.POST or None, instance=story, initial={"version": story.version})
    if form.is_valid() and "preview" not in request.POST:
        try:
            publishing.edit(story, by=request.user, **form.cleaned_data)
        except publishing.Conflict as conflict:
            return _show_both(request, story, conflict.story)
        messages.success(request, _("Saved."))
        return redirect(story)
    return _desk(request, form, story.gathering, story=story)


def _show_both(request, story, saved):
    """Mine stays in the form and theirs stands beside it; saving again is then on purpose."""
    mine = request.POST.copy()
    mine["version"] = saved.version
    return _desk(request, EditForm(mine), story.gathering, story=saved, saved=saved, status=409)


def _names(request, gathering, texts):
    """Who is named: shown to those who may know who was there, and not to whoever wrote it and has left."""
    if gathering is None or not can_write_up(request.user, gathering):
        return []
    return naming.found_in("\n".join(texts), gathering)


def _desk(request, form, gathering, *, story=None, saved=None, told=(), collected=(), status=None):
    context = {
        "form": form,
        "gathering": gathering,
        "rules": queries.rules_of(gathering),
        "story": story,
        "saved": saved,
        "told": told,
        "collected": collected,
        "names": _names(
            request, gathering, [form[name].value() or "" for name in form.fields if name != "version"]
        ),
        "preview": form.cleaned_data if "preview" in request.POST and form.is_valid() else None,
    }
    return render(request, "stories/desk.html", context, status=status or (422 if form.errors else 200))


@login_required
@require_POST
def publication(request, slug, act):
    """``act`` is publishing.publish or publishing.unpublish; the URL decides."""
    story = act(_story(request, slug), by=request.user)
    said = _("Published.") if story.is_published() else _("Taken back: it is a draft again.")
    messages.success(request, said)
    return redirect(story)
