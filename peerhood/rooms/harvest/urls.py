"""Below ``/gatherings/<pk>/room/harvest/``; the names are the room's."""

from django.urls import path

from peerhood.rooms.harvest import exporting, views

urlpatterns = [
    path("", views.harvest, name="harvest"),
    path("<int:pot_pk>/group/", views.group, name="group_notes"),
    path(
        "text/",
        views.export,
        {"write": exporting.as_text, "kind": "text/plain", "ending": "txt"},
        name="harvest_text",
    ),
    path(
        "markdown/",
        views.export,
        {"write": exporting.as_markdown, "kind": "text/markdown", "ending": "md"},
        name="harvest_markdown",
    ),
]
