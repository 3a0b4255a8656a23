"""The writer's desk: a recap, a story of one's own, a change, a preview. Each view finds, acts, then shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from peerhood.circles.models import Circle
from peerhood.gatherings import confidentiality, looking_back
from peerhood.gatherings.confidentiality import WriteUp
from peerhood.gatherings.models import Gathering
from peerhood.platform.whole_numbers import whole_number
from peerhood.rooms.harvest.gathered import gathered_in
from peerhood.stories import harvesting, publishing, queries
from peerhood.stories.forms import EditForm, PictureForm, StoryForm
from peerhood.stories.models import Story
from peerhood.stories.permissions import can_write_in, can_write_up
from peerhood.stories.pictures import adding, making, showing
from peerhood.stories.recaps import method_only as drafting
from peerhood.stories.revisions import comparing
from peerhood.stories.views.finding import circle_at, editable, names_in, story_at

# Of what is typed, so much is shown before it is saved.
LONGEST = {"title": 120, "teaser": 240, "text": 200_000}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    if "gathering" not in request.GET:
        return _new_in_a_circle(request)
    gathering = _gathering(request)
    if not can_write_up(request.user, gathering):
        raise PermissionDenied
    told_as = confidentiality.write_up(gathering.level)
    if told_as == WriteUp.NONE:
        return render(request, "stories/method.html", {"gathering": gathering}, status=409)
    initial = _jobs(request.user) | {"title": gathering.title, "text": looking_back.notes_for(gathering)}
    form = StoryForm(request.POST or None, initial=initial, is_named=told_as == WriteUp.NAMED)
    if form.is_valid() and "preview" not in request.POST:
        return _kept(request, publishing.write(gathering, by=request.user, **form.cleaned_data))
    told = gathering.stories.filter(pk__in=Story.objects.visible_to(request.user).values("pk"))
    return _desk(request, form, gathering, told=told, collected=gathered_in(gathering))


def _new_in_a_circle(request):
    """For which circle is the first question; whoever has one only is not asked."""
    mine = Circle.objects.filter(pk__in=request.user.memberships.inside().values("circle")).order_by("name")
    slug = request.GET.get("circle", "")
    if not slug:
        if len(choice := mine[:2]) == 1:
            return redirect(f"{request.path}?circle={choice[0].slug}")
        return render(request, "stories/for_which.html", {"circles": mine})
    circle = circle_at(request, slug)
    if not can_write_in(request.user, circle):
        raise PermissionDenied
    form = StoryForm(request.POST or None, initial=_jobs(request.user))
    if form.is_valid() and "preview" not in request.POST:
        return _kept(request, publishing.write_in(circle, by=request.user, **form.cleaned_data))
    return _desk(request, form, None, circle=circle)


def _jobs(person):
    jobs = [str(job) for job in person.affiliations.select_related("employer") if job.is_current()]
    return {"affiliations": "\n".join(jobs)}


def _kept(request, story):
    messages.success(request, _("Kept as a draft. Publish it when it is ready."))
    return redirect(story)


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
    story = editable(request, slug)
    # The form changes what it is given; what was saved is still asked for.
    form = _edit_form(request, story, request.POST or None)
    if "add_picture" in request.POST:
        return _with_picture(request, story)
    if "remove_picture" in request.POST:
        adding.remove(story, whole_number(request.POST["remove_picture"], otherwise=0), by=request.user)
        return _desk(request, _retyped(request, story), story.gathering, story=story)
    if form.is_valid() and "preview" not in request.POST:
        try:
            publishing.edit(story, by=request.user, **form.cleaned_data)
        except publishing.Conflict as conflict:
            return _show_both(request, story, conflict.story)
        messages.success(request, _("Saved."))
        return redirect(story)
    return _desk(request, form, story.gathering, story=story)


def _edit_form(request, story, data, **kwargs):
    return EditForm(
        data,
        instance=story_at(request, story.slug),
        initial={"version": story.version},
        for_author=story.author_id == request.user.pk,
        is_named=story.is_named(),
        **kwargs,
    )


def _retyped(request, story, **changed):
    """The form as it was sent, not checked: it is not saved yet."""
    typed = {name: value for name, value in request.POST.items() if name in {*StoryForm().fields, "version"}}
    typed["topics"] = [name.strip() for name in typed.get("topics", "").split(",") if name.strip()]
    form = _edit_form(request, story, None)
    form.initial |= typed | {"is_members_only": "is_members_only" in typed} | changed
    return form


def _with_picture(request, story):
    """Add the picture, and put it at the end of the text as it stands in the form."""
    picture_form = PictureForm(request.POST, request.FILES, prefix="picture")
    if picture_form.is_valid():
        said = picture_form.cleaned_data
        try:
            picture = adding.add(
                story, by=request.user, content=picture_form.content(), alt=said["alt"], credit=said["credit"]
            )
        except making.UnusablePicture as problem:
            picture_form.add_error("picture", str(problem))
        else:
            text = f"{request.POST.get('text', '').rstrip()}\n\n{picture.reference()}\n"
            messages.success(request, _("The picture stands at the end of the text. Save to keep it there."))
            return _desk(request, _retyped(request, story, text=text), story.gathering, story=story)
    return _desk(
        request, _retyped(request, story), story.gathering, story=story, picture_form=picture_form, status=422
    )


def _show_both(request, story, saved):
    """Mine stays in the form and theirs stands beside it; saving again is then on purpose."""
    mine = request.POST.copy()
    mine["version"] = saved.version
    differences = comparing.differences(saved.text, mine.get("text", ""))
    form = _edit_form(request, story, mine)
    return _desk(
        request, form, story.gathering, story=saved, saved=saved, differences=differences, status=409
    )


def _desk(request, form, gathering, *, circle=None, story=None, status=None, picture_form=None, **more):
    has_pictures = story is not None and story.may_have_pictures()
    context = {
        "form": form,
        "gathering": gathering,
        "circle": circle or (gathering.circle if gathering else story.circle),
        "rules": queries.rules_of(gathering),
        "story": story,
        "names": names_in(request, gathering, form.words()),
        "pictures": story.pictures.defer("content").select_related("story") if has_pictures else (),
        "picture_form": (picture_form or PictureForm(prefix="picture")) if has_pictures else None,
        **more,
    }
    if "preview" in request.POST and form.is_valid():
        context["preview"] = form.cleaned_data
        context["shown"] = showing.text_of(story or Story(), form.cleaned_data["text"])
    return render(request, "stories/desk.html", context, status=status or (422 if form.errors else 200))


@login_required
@require_POST
def preview(request):
    """The text as it will look, while it is typed; nothing is kept of it."""
    slug = request.GET.get("story", "").replace("\0", "")
    story = editable(request, slug) if slug else Story()
    words = {name: request.POST.get(name, "")[: LONGEST[name]] for name in LONGEST}
    return render(
        request, "stories/preview.html", {"preview": words, "shown": showing.text_of(story, words["text"])}
    )
