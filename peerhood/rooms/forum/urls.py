"""Below ``/gatherings/<pk>/minutes/``; the names are the room's."""

from django.urls import path

from peerhood.rooms.forum import views

urlpatterns = [
    path("", views.minutes, name="minutes"),
    path("text/", views.minutes_text, name="minutes_text"),
]
