from django.urls import path

from peerhood.pages import health, views

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("promise/", views.promise, name="promise"),
    path("healthz", health.health, name="health"),
]
