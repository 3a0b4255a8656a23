"""The moderators' desk: what waits, what was reported, and the four things they can do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.stories.comments import moderating
from peerhood.stories.comments.forms import HideForm
from peerhood.stories.comments.permissions import can_moderate
from peerhood.stories.models import CommentReport
from peerhood.stories.views.comments import comment_at
from peerhood.stories.views.finding import story_at

PAGE_SIZE = 20


@login_required
@require_safe
def waiting(request, slug):
    story = story_at(request, slug)
    if not can_moderate(request.user, story):
        raise PermissionDenied
    still_open = Prefetch("reports", CommentReport.objects.filter(closed_at=None), to_attr="open_reports")
    reported = story.comments.to_look_at(request.user).prefetch_related(still_open)
    held = story.comments.held().select_related("author")
    context = {
        "story": story,
        "page": Paginator(held, PAGE_SIZE).get_page(request.GET.get("page")),
        "reported": reported.select_related("author")[:PAGE_SIZE],
        "hidden": story.comments.filter(state="hidden").select_related("author").order_by("-pk")[:PAGE_SIZE],
    }
    return render(request, "stories/comments/waiting.html", context)


@login_required
@require_POST
def decide(request, slug, pk, act):
    """``act`` is moderating.let_through, refuse or show; the URL decides."""
    story, comment = comment_at(request, slug, pk)
    act(comment, by=request.user)
    messages.success(request, _("Done."))
    return redirect("stories:comments_waiting", story.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request, slug, pk):
    story, comment = comment_at(request, slug, pk)
    if not can_moderate(request.user, story):
        raise PermissionDenied
    form = HideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        moderating.hide(comment, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Hidden. You can show it again."))
        return redirect(f"{story.get_absolute_url()}#comments")
    context = {"story": story, "comment": comment, "form": form, "what": "hide"}
    return render(request, "stories/comments/act.html", context, status=422 if form.errors else 200)
