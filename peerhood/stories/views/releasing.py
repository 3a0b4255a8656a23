"""From draft to readers: publishing, a time to come, taking back, editors. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles.models import Membership
from peerhood.circles.permissions import can_organise
from peerhood.people.models import Person
from peerhood.stories import publishing, reviewing
from peerhood.stories.forms import NewsroomForm, ScheduleForm, WordForm
from peerhood.stories.models import Newsroom
from peerhood.stories.permissions import can_review
from peerhood.stories.views.finding import circle_at, story_at


@login_required
@require_POST
def publish(request, slug):
    story = story_at(request, slug)
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no day and time we can read. Nothing was published."))
        return redirect(story)
    story = publishing.publish(story, by=request.user, **form.cleaned_data)
    said = _("Published.") if story.is_published() else _("It will be published at that time.")
    messages.success(request, said)
    return redirect(story)


@login_required
@require_POST
def unpublish(request, slug):
    story = publishing.unpublish(story_at(request, slug), by=request.user)
    messages.success(request, _("Taken back: it is a draft again."))
    return redirect(story)


@login_required
@require_POST
def submit(request, slug):
    story = reviewing.submit(story_at(request, slug), by=request.user)
    messages.success(request, _("Handed in. An editor reads it, and you hear from them."))
    return redirect(story)


@login_required
@require_POST
def send_back(request, slug):
    story = story_at(request, slug)
    if not can_review(request.user, story.circle):
        raise PermissionDenied
    form = WordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a word what it still needs. It was not sent back."))
        return redirect(story)
    story = reviewing.send_back(story, by=request.user, word=form.cleaned_data["sent_back_with"])
    messages.success(request, _("Sent back, with your word."))
    # An editor who does not organise no longer sees it.
    return redirect("stories:list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def newsroom(request, slug):
    circle = circle_at(request, slug)
    if not can_organise(request.user, circle):
        raise PermissionDenied
    inside = Membership.objects.inside().filter(circle=circle).values("person")
    people = Person.objects.filter(pk__in=inside, is_active=True).exclude(name="").order_by("name", "pk")
    form = NewsroomForm(
        request.POST or None, instance=Newsroom.objects.filter(circle=circle).first(), people=people
    )
    if request.method == "POST" and form.is_valid():
        reviewing.arrange(circle, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("stories:newsroom", circle.slug)
    context = {"circle": circle, "form": form}
    return render(request, "stories/newsroom.html", context, status=422 if form.errors else 200)
