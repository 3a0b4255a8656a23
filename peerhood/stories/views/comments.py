"""Saying something under a story. Each view finds, acts, then shows."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.stories.comments import commenting, following
from peerhood.stories.comments.forms import HONEY, EditCommentForm, ReportForm
from peerhood.stories.comments.permissions import is_own, known_to, speaks_at_once, takes_comments
from peerhood.stories.views import talk
from peerhood.stories.views.finding import story_at


@require_POST
def comment(request, slug):
    return _say(request, story_at(request, slug))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, slug, pk):
    story, answered = comment_at(request, slug, pk)
    if not answered.is_shown():
        raise Http404
    return _say(request, story, answered)


def _say(request, story, answered=None):
    form = talk.form_for(request.user)(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "story": story,
            "answered": answered,
            "comment_form": form,
            "speaks_at_once": speaks_at_once(request.user, story),
        }
        return render(request, "stories/comments/write.html", context, status=422 if form.errors else 200)
    if request.user.is_authenticated:
        said = commenting.write(story, form.cleaned_data["text"], by=request.user, reply_to=answered)
    else:
        if too_many := ratelimit.consume_or_429(request, action="guest_comment"):
            return too_many
        said = commenting.write_as_guest(
            story,
            form.cleaned_data["text"],
            name=form.cleaned_data["name"],
            address=form.cleaned_data["email"],
            is_told=form.cleaned_data["is_told"],
            honey=request.POST.get(HONEY, ""),
            reply_to=answered,
        )
    if said and said.is_shown():
        messages.success(request, _("Your comment stands here now."))
        return redirect(said)
    # What was dropped is answered in the same words.
    messages.success(request, _("Thank you. Somebody reads it first; then it stands here."))
    return redirect(f"{story.get_absolute_url()}#comments")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_comment(request, slug, pk):
    _story, comment = comment_at(request, slug, pk)
    if not is_own(request.user, comment):
        raise PermissionDenied
    form = EditCommentForm(
        request.POST if request.method == "POST" else None,
        instance=comment,
        initial={"version": comment.version},
    )
    if form.is_valid():
        try:
            comment = commenting.edit(comment, by=request.user, **form.cleaned_data)
        except commenting.Conflict as conflict:
            mine = request.POST.copy()
            mine["version"] = conflict.comment.version
            return _page(
                request, conflict.comment, EditCommentForm(mine), "edit", saved=conflict.comment, status=409
            )
        messages.success(request, _("Saved."))
        return redirect(comment)
    return _page(request, comment, form, "edit")


@login_required
@require_POST
def withdraw_comment(request, slug, pk):
    story, comment = comment_at(request, slug, pk)
    commenting.withdraw(comment, by=request.user)
    messages.success(request, _("Taken back."))
    return redirect(f"{story.get_absolute_url()}#comments")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_comment(request, slug, pk):
    story, comment = comment_at(request, slug, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        commenting.report(comment, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Thank you. The organisers look at it; who told them is not passed on."))
        return redirect(f"{story.get_absolute_url()}#comments")
    return _page(request, comment, form, "report")


@login_required
@require_POST
def follow_comments(request, slug, act):
    """``act`` is following.follow or following.leave; the URL decides."""
    story = story_at(request, slug)
    act(story, request.user)
    return redirect(f"{story.get_absolute_url()}#follow")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comments_off(request, link):
    """One press, without signing in; looking changes nothing. A mail program posts here by itself (RFC 8058)."""
    try:
        following.read(link)
    except signing.BadSignature:
        raise Http404 from None
    if request.method == "POST":
        following.turn_off(link)
    return render(request, "stories/comments/off.html", {"is_off": request.method == "POST"})


def comment_at(request, slug, pk):
    """A comment that this reader may know of: one that is held is its author's and the moderators' to know."""
    story = story_at(request, slug)
    comment = get_object_or_404(
        known_to(request.user, story).select_related("author", "story__circle"), pk=pk
    )
    if not takes_comments(story):
        raise Http404
    comment.story = story
    return story, comment


def _page(request, comment, form, what, *, saved=None, status=None):
    context = {"story": comment.story, "comment": comment, "form": form, "what": what, "saved": saved}
    return render(
        request, "stories/comments/act.html", context, status=status or (422 if form.errors else 200)
    )
