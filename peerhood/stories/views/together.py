"""Writing together, and what was saved before. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peerhood.platform.refusals import Refusal
from peerhood.platform.whole_numbers import whole_number
from peerhood.stories import co_writing, publishing
from peerhood.stories.forms import AgreeForm, AskForm
from peerhood.stories.permissions import writes
from peerhood.stories.revisions import comparing
from peerhood.stories.views.finding import editable, story_at


@login_required
@require_POST
def ask(request, slug):
    story = story_at(request, slug)
    if not writes(request.user, story):
        raise PermissionDenied
    form = AskForm(
        {"person": whole_number(request.POST.get("person", ""), otherwise=0)},
        people=co_writing.who_could(story, request.user),
    )
    if not form.is_valid():
        raise Refusal(_("Choose somebody of the circle."))
    co_writing.ask(story, form.cleaned_data["person"], by=request.user)
    messages.success(request, _("Asked. They stand in the byline once they have said yes."))
    return redirect(story)


@login_required
@require_POST
def agree(request, slug):
    story = story_at(request, slug)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("What stands under your name has 400 characters at most."))
        return redirect(story)
    co_writing.agree(story, by=request.user, affiliations=form.cleaned_data["affiliations"])
    messages.success(request, _("You write along now."))
    return redirect(story)


@login_required
@require_POST
def leave(request, slug):
    co_writing.leave(story_at(request, slug), by=request.user)
    messages.success(request, _("Your name does not stand there any more."))
    return redirect("stories:list")


@login_required
@require_safe
def revisions(request, slug):
    story = editable(request, slug)
    kept = story.revisions.defer("text").select_related("by")
    return render(request, "stories/revisions.html", {"story": story, "revisions": kept})


@login_required
@require_safe
def revision(request, slug, version):
    """What one save changed, or, with ``?to=now``, what has changed since."""
    story = editable(request, slug)
    shown = get_object_or_404(story.revisions.select_related("by"), version=version)
    since = request.GET.get("to") == "now"
    before = None if since else story.revisions.filter(version__lt=shown.version).first()
    old, new = (shown, story) if since else (before, shown)
    context = {
        "story": story,
        "shown": shown,
        "since": since,
        "is_latest": shown.pk == story.revisions.values_list("pk", flat=True).first(),
        "fields": [
            (label, comparing.differences(getattr(old, name, "") or "", getattr(new, name)))
            for label, name in ((_("Title"), "title"), (_("Teaser"), "teaser"), (_("Text"), "text"))
        ],
    }
    return render(request, "stories/revision.html", context)


@login_required
@require_POST
def restore(request, slug, version):
    """Bring an earlier text back, as a save of its own: what it takes the place of is kept as well."""
    story = editable(request, slug)
    earlier = get_object_or_404(story.revisions, version=version)
    publishing.edit(
        story,
        by=request.user,
        version=whole_number(request.POST.get("version", ""), otherwise=-1),
        title=earlier.title,
        teaser=earlier.teaser,
        text=earlier.text,
    )
    messages.success(request, _("Brought back. What stood there before is kept, too."))
    return redirect(story)
