"""Recordings: the list, a gathering's playlist, one with its words, and the player after the click."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.circles.models import Circle
from peerhood.gatherings.models import AgendaItem, Gathering
from peerhood.gatherings.permissions import can_host
from peerhood.platform.whole_numbers import whole_number
from peerhood.stories.models import Recording
from peerhood.stories.recordings import attaching, providers, words
from peerhood.stories.recordings.forms import AttachForm, RecordingForm

PAGE_SIZE = 20
A_DAY = 24 * 60 * 60


@require_safe
def list_recordings(request):
    """Of every gathering one may know of; ``?circle=`` is one circle's."""
    found = Recording.objects.visible_to(request.user).select_related("item__gathering__circle")
    circle = None
    if slug := request.GET.get("circle", "").replace("\0", ""):
        circle = get_object_or_404(Circle.objects.visible_to(request.user), slug=slug)
        found = found.filter(item__gathering__circle=circle)
    page = Paginator(found.order_by("-item__gathering__starts_at", "item__position", "pk"), PAGE_SIZE)
    context = {"circle": circle, "page": page.get_page(request.GET.get("page"))}
    return render(request, "stories/recordings/list.html", context)


@require_safe
def playlist(request, pk):
    """One gathering's, in the order of its agenda; whoever runs it finds the way to attach one here."""
    gathering = get_object_or_404(Gathering.objects.visible_to(request.user).select_related("circle"), pk=pk)
    hosts = can_host(request.user, gathering)
    found = (
        Recording.objects.visible_to(request.user).filter(item__gathering=gathering).select_related("item")
    )
    context = {
        "gathering": gathering,
        "recordings": found,
        "can_host": hosts,
        "items": gathering.agenda.all() if hosts else (),
        "kept_back": _kept_back(request.user, gathering) if hosts else (),
    }
    return render(request, "stories/recordings/playlist.html", context)


def _kept_back(person, gathering):
    """What was attached before its item got a rule: whoever runs the gathering can take it away."""
    allowed = Recording.objects.allowed().values("pk")
    return Recording.objects.run_by(person).filter(item__gathering=gathering).exclude(pk__in=allowed)


@require_safe
def detail(request, pk):
    return render(request, "stories/recordings/detail.html", _about(request, _visible(request, pk)))


@require_safe
def watch(request, pk):
    """Whoever opens this page has clicked: only its answer may frame the provider, and only that one."""
    recording = _visible(request, pk)
    shown = providers.told_by(recording.url)
    if not shown.frame:
        return redirect(recording)
    seconds = min(max(whole_number(request.GET.get("t", ""), otherwise=0), 0), A_DAY)
    context = _about(request, recording) | {"frame": shown.embed(seconds)}
    response = render(request, "stories/recordings/detail.html", context)
    # As csp_update does it, for a place that is known only now.
    response._csp_update = {"frame-src": [shown.origin]}  # type: ignore[attr-defined]
    return response


def _about(request, recording):
    return {
        "recording": recording,
        "gathering": recording.item.gathering,
        "can_host": can_host(request.user, recording.item.gathering),
        "chapters": words.chapters_of(recording.chapters),
        "transcript": words.transcript_of(recording.transcript),
        "provider": recording.get_kind_display(),
        "is_shown_here": bool(providers.told_by(recording.url).frame),
    }


def _visible(request, pk):
    found = Recording.objects.visible_to(request.user).select_related("item__gathering__circle")
    return get_object_or_404(found, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request, pk):
    """To one item; an item that is not open says why it has none."""
    seen = Gathering.objects.visible_to(request.user).order_by().values("pk")
    found = AgendaItem.objects.filter(gathering__in=seen).select_related("gathering__circle")
    item = get_object_or_404(found, pk=pk)
    if not can_host(request.user, item.gathering):
        raise PermissionDenied
    attaching.refuse_closed(item)
    initial = {"title": item.title, "language": item.gathering.circle.language}
    form = AttachForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        recording = attaching.attach(
            item, by=request.user, has_agreed=form.cleaned_data["has_agreed"], **form.words()
        )
        messages.success(request, _("The recording is attached."))
        return redirect(recording)
    return _desk(request, form, item)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    recording = _run(request, pk)
    attaching.refuse_closed(recording.item)
    form = RecordingForm(request.POST if request.method == "POST" else None, instance=recording)
    if form.is_valid():
        recording = attaching.edit(recording, by=request.user, **form.words())
        messages.success(request, _("Saved."))
        return redirect(recording)
    return _desk(request, form, recording.item, recording)


def _desk(request, form, item, recording=None):
    context = {"form": form, "item": item, "gathering": item.gathering, "recording": recording}
    return render(request, "stories/recordings/desk.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request, pk):
    recording = _run(request, pk)
    attaching.remove(recording, by=request.user)
    messages.success(request, _("Taken away. The file itself is where it was."))
    return redirect("stories:playlist", recording.item.gathering_id)


def _run(request, pk):
    """A recording of a gathering they run, also one that nobody is shown any more; else one they may not change."""
    found = Recording.objects.select_related("item__gathering__circle")
    known = Recording.objects.visible_to(request.user).order_by().values("pk")
    run = Recording.objects.run_by(request.user).values("pk")
    recording = get_object_or_404(found.filter(Q(pk__in=known) | Q(pk__in=run)), pk=pk)
    if not can_host(request.user, recording.item.gathering):
        raise PermissionDenied
    return recording
