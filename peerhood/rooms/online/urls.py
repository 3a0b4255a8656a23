"""Below ``/gatherings/<pk>/room/breakouts/``; the names are the room's."""

from django.urls import path

from peerhood.rooms.online import views

urlpatterns = [
    path("", views.breakouts, name="breakouts"),
    path("<int:number>/<slug:program>.csv", views.breakout_list, name="breakout_list"),
]
