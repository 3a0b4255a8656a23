"""Doors that only these tests knock on."""

from itertools import count

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path

from peerhood.platform.kept_pages import kept
from peerhood.platform.refusals import Refusal

rendered = count(1)


@kept("cups", fresh_for=10**9)
def cups(request):
    return HttpResponse(f"rendered {next(rendered)}")


@kept("cups", "cups/{pk}", fresh_for=10**9)
def cup(request, pk):
    token = get_token(request)
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{token}">{next(rendered)}')


def refuse(request):
    raise Refusal("The last cup was taken.")


urlpatterns = [
    path("cups/", cups),
    path("cups/<int:pk>/", cup),
    path("refuse/", refuse),
    # The pages around a refusal link to the rest of the site.
    path("", include("peerhood.config.urls")),
]
