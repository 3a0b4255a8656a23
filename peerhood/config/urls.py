"""Every door of the web, in the order of the loop."""

from django.apps import apps
from django.urls import include, path

urlpatterns = [
    path("", include("peerhood.pages.urls")),
    path("", include("peerhood.people.urls")),
    path("circles/", include("peerhood.circles.urls")),
    path("gatherings/", include("peerhood.gatherings.urls")),
    path("circles/<slug:slug>/themes/", include("peerhood.themes.urls")),
    path("gatherings/<int:pk>/tables/", include("peerhood.mixing.urls")),
    path("", include("peerhood.rooms.urls")),
    path("connections/", include("peerhood.connections.urls")),
    path("stories/", include("peerhood.stories.urls")),
    path("growth/", include("peerhood.growth.urls")),
    path("", include("peerhood.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
if apps.is_installed("peerhood.demo"):
    urlpatterns += [path("", include("peerhood.demo.urls"))]
