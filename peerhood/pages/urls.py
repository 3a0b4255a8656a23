from django.urls import path

from peerhood.pages import health, views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("promise/", views.promise, name="promise"),
    path("healthz", health.health, name="health"),
]
