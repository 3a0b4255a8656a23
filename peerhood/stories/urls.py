from django.urls import path

from peerhood.stories import publishing, views

app_name = "stories"
urlpatterns = [
    path("", views.list_stories, name="list"),
    path("new/", views.new, name="new"),
    path("new/harvest/", views.from_the_room, name="harvest"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/publication/", views.publication, {"act": publishing.publish}, name="publish"),
    path(
        "<slug:slug>/publication/withdraw/",
        views.publication,
        {"act": publishing.unpublish},
        name="unpublish",
    ),
]
