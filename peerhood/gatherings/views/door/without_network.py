"""What a phone at the door asks for so that it can go on without a network, and what it tells afterwards."""

from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from peerhood.gatherings.arriving import taps
from peerhood.gatherings.forms.door import TapForm, WalkInForm
from peerhood.gatherings.views.door.listing import greeted, list_of
from peerhood.platform.refusals import Refusal

KEPT_AFTER = timedelta(days=1)
# Nobody greets more than that alone; whoever is beyond is found when there is a network.
MOST_KEPT = 1000


@login_required
@require_safe
def kept(request, pk):
    """The door with everybody on one page: what a phone keeps, and until when."""
    gathering = greeted(request, pk)
    context = list_of(gathering, request, rows=MOST_KEPT) | {"walk_in_form": WalkInForm()}
    response = render(request, "gatherings/door.html", context)
    response["Door-Kept-Until"] = (gathering.ends_at + KEPT_AFTER).isoformat()
    return response


@login_required
@require_safe
def worker(request, pk):
    """The script behind the page. It lies below the door, and so reaches no other page of ours."""
    greeted(request, pk)
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


def _worker():
    return Path(apps.get_app_config("gatherings").path, "static/gatherings/door-worker.js").read_bytes()


@login_required
@require_POST
def tap(request, pk):
    """Take one tap. The phone forgets what is taken, and keeps what is refused until somebody has read why."""
    gathering = greeted(request, pk)
    form = TapForm(request.POST)
    if not form.is_valid():
        return _refused(" ".join(str(line) for lines in form.errors.values() for line in lines), 422)
    try:
        taken = taps.take(gathering, form.tap(), by=request.user)
    except Refusal as refusal:
        return _refused(str(refusal), 409)
    return JsonResponse({"outcome": taken.outcome})


def _refused(why, status):
    return JsonResponse({"outcome": "refused", "why": why}, status=status)
