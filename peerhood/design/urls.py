from django.urls import path

from peerhood.design import serving, views

app_name = "design"
urlpatterns = [
    path("style/<slug:digest>.css", serving.stylesheet, name="stylesheet"),
    path("design/", views.living, name="living"),
    path("design/gathering/", views.specimen, {"page": "gathering"}, name="gathering"),
    path("design/room/", views.specimen, {"page": "room"}, name="room"),
    path("design/projector/", views.specimen, {"page": "projector"}, name="projector"),
]
