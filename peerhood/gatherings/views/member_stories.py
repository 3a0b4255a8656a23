"""What members would tell: the list, one's own offer, and the line of an agenda it is put on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.models import Circle
from peerhood.circles.permissions import is_inside
from peerhood.gatherings import member_stories
from peerhood.gatherings.forms.member_stories import MemberStoryForm
from peerhood.gatherings.models import AgendaItem, Gathering, MemberStory
from peerhood.gatherings.permissions import can_draft
from peerhood.gatherings.views import finding
from peerhood.platform.whole_numbers import whole_number


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, slug):
    circle = _circle(request, slug)
    form = MemberStoryForm(finding.posted(request))
    if request.method == "POST" and form.is_valid():
        member_stories.offer(circle, request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. The hosts find it here when they draw up an agenda."))
        return redirect("gatherings:member_stories", slug)
    may_host = can_draft(request.user, circle)
    run = Gathering.objects.run_by(request.user).filter(circle=circle)
    ahead = run.filter(pk__in=Gathering.objects.upcoming().values("pk")) | run.filter(state="draft")
    context = {
        "circle": circle,
        "offered": member_stories.offered_in(circle),
        "scheduled": member_stories.scheduled_in(circle),
        "lines": member_stories.lines_for(ahead) if may_host else [],
        "may_host": may_host,
        "form": form,
    }
    return render(request, "gatherings/member_stories.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def kit(request, slug):
    return render(request, "gatherings/speaker_kit.html", {"circle": _circle(request, slug)})


@login_required
@require_POST
def put_on(request, slug, pk):
    story = _story(request, slug, pk)
    items = AgendaItem.objects.filter(gathering__in=Gathering.objects.visible_to(request.user))
    item = get_object_or_404(items, pk=whole_number(request.POST.get("item", "")))
    member_stories.put_on(story, item, by=request.user)
    return redirect("gatherings:edit", item.gathering_id)


@login_required
@require_POST
def take_back(request, slug, pk):
    member_stories.take_back(_story(request, slug, pk), by=request.user)
    return redirect("gatherings:member_stories", slug)


@login_required
@require_POST
def listen(request, slug, pk, act):
    """``act`` is member_stories.listen or listen_no_more; the URL decides."""
    act(_story(request, slug, pk), request.user)
    return redirect("gatherings:member_stories", slug)


def _circle(request, slug):
    circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
    if not is_inside(request.user, circle):
        raise PermissionDenied if not circle.is_closed() else Http404
    return circle


def _story(request, slug, pk):
    circle = _circle(request, slug)
    return get_object_or_404(
        MemberStory.objects.select_related("circle", "person", "item__gathering"), pk=pk, circle=circle
    )
