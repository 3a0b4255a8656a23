"""An RSVP as one writes it at first: look whether there is a seat, then take it."""

import time

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from peerhood.config.urls import urlpatterns as product
from peerhood.gatherings.models import Gathering, Rsvp


def answer(request, pk):
    gathering = get_object_or_404(Gathering, pk=pk)
    is_free = gathering.rsvps.going().count() < gathering.capacity
    time.sleep(0.2)  # the gap between looking and taking, made wide enough to see
    status = Rsvp.Status.GOING if is_free else Rsvp.Status.WAITLISTED
    gathering.rsvps.create(person=request.user, status=status)
    return HttpResponse()


urlpatterns = [*product, path("twin/<int:pk>/", answer)]
