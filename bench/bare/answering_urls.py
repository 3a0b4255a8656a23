"""A bare answer: lock the gathering, count, write one row. No mail, no audit, no line but a status."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.timezone import now

from peerhood.gatherings.models import Gathering, Rsvp


@login_required
def form(request, pk):
    return HttpResponse(
        f'<form method="post"><input name="csrfmiddlewaretoken" value="{get_token(request)}"></form>'
    )


@login_required
@transaction.atomic
def answer(request, pk):
    gathering = Gathering.objects.select_for_update().get(pk=pk)
    has_seat = gathering.going_count < gathering.capacity
    status = Rsvp.Status.GOING if has_seat else Rsvp.Status.WAITLISTED
    Rsvp.objects.create(gathering=gathering, person=request.user, status=status, answered_at=now())
    gathering.going_count += has_seat
    gathering.waiting_count += not has_seat
    gathering.save(update_fields=["going_count", "waiting_count"])
    return HttpResponseRedirect(f"/gatherings/{pk}/")


urlpatterns = [
    path("healthz", lambda _request: HttpResponse()),
    path("gatherings/<int:pk>/", form),
    path("gatherings/<int:pk>/rsvp/", answer),
]
