"""The writer's desk: a recap, a change, publishing and taking back. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.gatherings import confidentiality, looking_back
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import Gathering
from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms.harvest.gathered import gathered_in
from peerhood.stories import harvesting, publishing, queries
from peerhood.stories.forms import EditForm, StoryForm
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_edit, can_write_up
from peerhood.stories.recaps import method_only as drafting
from peerhood.stories.views.finding import names_in, story_at


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    gathering = _gathering(request)
    if not can_write_up(request.user, gathering):
        raise PermissionDenied
    if confidentiality.write_up(gathering.level) == WriteUp.NONE:
        return render(request, "stories/method.html", {"gathering": gathering}, status=409)
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
def method_only(request):
    story = drafting.draft(_gathering(request), by=request.user)
    messages.success(request, _("Kept as a draft. Publish it when it is ready."))
    return redirect(story)


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
    story = story_at(request, slug)
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


def _desk(request, form, gathering, *, story=None, saved=None, told=(), collected=(), status=None):
    context = {
        "form": form,
        "gathering": gathering,
        "rules": queries.rules_of(gathering),
        "story": story,
        "saved": saved,
        "told": told,
        "collected": collected,
        "names": names_in(
            request, gathering, [form[name].value() or "" for name in form.fields if name != "version"]
        ),
        "preview": form.cleaned_data if "preview" in request.POST and form.is_valid() else None,
    }
    return render(request, "stories/desk.html", context, status=status or (422 if form.errors else 200))


@login_required
@require_POST
def publication(request, slug, act):
    """``act`` is publishing.publish or publishing.unpublish; the URL decides."""
    story = act(story_at(request, slug), by=request.user)
    said = _("Published.") if story.is_published() else _("Taken back: it is a draft again.")
    messages.success(request, said)
    return redirect(story)
