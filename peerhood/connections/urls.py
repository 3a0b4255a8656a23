from django.urls import path

from peerhood.connections import connecting, views

app_name = "connections"
urlpatterns = [
    path("", views.my_people, name="list"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/end/", views.end, name="end"),
    path("met/<int:pk>/", views.met, name="met"),
    path("met/<int:pk>/<int:person_pk>/", views.answer, {"act": connecting.say_met}, name="say_met"),
    path("met/<int:pk>/<int:person_pk>/undo/", views.answer, {"act": connecting.take_back}, name="take_back"),
]
