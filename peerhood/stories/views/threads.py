"""Threads between two meetings, for members of the circle. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.permissions import can_organise
from peerhood.stories.models import Pulse
from peerhood.stories.models.thread import Thread
from peerhood.stories.threads import asking, queries, replying
from peerhood.stories.threads.forms import DayForm, MoanForm, QuestionForm, ReplyForm
from peerhood.stories.views.finding import circle_from_inside

PAGE_SIZE = 20
MOST_PULSES = 5


def _thread(request, slug, pk, **mine):
    threads = Thread.objects.visible_to(request.user).filter(**mine).select_related("circle", "author")
    return get_object_or_404(threads, circle__slug=slug, pk=pk)


@login_required
@require_safe
def threads(request, slug):
    circle = circle_from_inside(request, slug)
    seen = queries.listed(Thread.objects.visible_to(request.user).filter(circle=circle), request.user)
    context = {
        "circle": circle,
        "page": Paginator(seen.questions(), PAGE_SIZE).get_page(request.GET.get("page")),
        "pulses": Pulse.objects.visible_to(request.user).filter(circle=circle)[:MOST_PULSES],
        "moans": seen.moans()[:PAGE_SIZE],
    }
    return render(request, "stories/threads/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, slug):
    circle, form = circle_from_inside(request, slug), QuestionForm(request.POST or None)
    if form.is_valid():
        messages.success(request, _("Asked."))
        return redirect(asking.ask(circle, by=request.user, **form.cleaned_data))
    return _begun(request, circle, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moan(request, slug):
    circle, form = circle_from_inside(request, slug), MoanForm(request.POST or None)
    if form.is_valid():
        messages.success(request, _("Said. In a week it is forgotten."))
        return redirect(asking.moan(circle, by=request.user, **form.cleaned_data))
    return _begun(request, circle, form, is_moan=True)


def _begun(request, circle, form, *, is_moan=False):
    context = {"circle": circle, "form": form, "is_moan": is_moan}
    return render(request, "stories/threads/new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request, slug, pk):
    thread, form = _thread(request, slug, pk), ReplyForm(request.POST or None)
    if form.is_valid():
        said = replying.reply(thread, form.cleaned_data["text"], by=request.user)
        return redirect(f"{thread.get_absolute_url()}#reply-{said.pk}")
    context = {
        "thread": thread,
        "replies": queries.replies_to(thread, request.user),
        "form": form,
        "is_mine": thread.author_id == request.user.pk,
        "may_remove": can_organise(request.user, thread.circle),
        "day_form": DayForm(initial={"reply_by": thread.reply_by}),
    }
    return render(request, "stories/threads/detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def another_day(request, slug, pk):
    thread, form = _thread(request, slug, pk, author=request.user), DayForm(request.POST)
    if form.is_valid():
        asking.wait_until(thread, form.cleaned_data["reply_by"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("That is no day. Nothing was changed."))
    return redirect(thread)


@login_required
@require_POST
def remove(request, slug, pk):
    thread = _thread(request, slug, pk)
    replying.take_back(thread, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("stories:threads", slug)


@login_required
@require_POST
def remove_reply(request, slug, pk, reply_pk):
    thread = _thread(request, slug, pk)
    said = get_object_or_404(queries.replies_to(thread, request.user), pk=reply_pk)
    replying.take_back(said, by=request.user)
    messages.success(request, _("Removed."))
    return redirect(thread)
