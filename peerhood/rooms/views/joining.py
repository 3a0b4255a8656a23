"""Coming in by the code, and the stream's place where there is none."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from peerhood.platform.refusals import Refusal
from peerhood.rooms.forms import CodeForm
from peerhood.rooms.views.answering import find


def join(request):
    """The code field. A code that leads nowhere is an error of the field, like any other."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            room = find(request, form.cleaned_data["code"])
        except Http404:
            form.add_error("code", translation.gettext("No room has this code right now."))
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            return render(request, "rooms/join.html", {"form": form}, status=429)
        else:
            return redirect("rooms:phone", room.code)
    return render(request, "rooms/join.html", {"form": form}, status=422 if form.errors else 200)


def stream(request, code):
    """Where only pages are served there is no stream (``streams``): 204 tells the phone to poll."""
    return HttpResponse(status=204)
