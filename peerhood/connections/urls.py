from django.urls import path

from peerhood.connections import connecting
from peerhood.connections.views import people

app_name = "connections"
urlpatterns = [
    path("", people.my_people, name="list"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/end/", people.end, name="end"),
    path("met/<int:pk>/", people.met, name="met"),
    path("met/<int:pk>/<int:person_pk>/", people.answer, {"act": connecting.say_met}, name="say_met"),
    path(
        "met/<int:pk>/<int:person_pk>/undo/", people.answer, {"act": connecting.take_back}, name="take_back"
    ),
]
