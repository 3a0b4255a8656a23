from django.urls import path

from peerhood.stories import publishing
from peerhood.stories.views import reading, writing

app_name = "stories"
urlpatterns = [
    path("", reading.list_stories, name="list"),
    path("new/", writing.new, name="new"),
    path("new/harvest/", writing.from_the_room, name="harvest"),
    path("<slug:slug>/", reading.detail, name="detail"),
    path("<slug:slug>/edit/", writing.edit, name="edit"),
    path("<slug:slug>/publication/", writing.publication, {"act": publishing.publish}, name="publish"),
    path(
        "<slug:slug>/publication/withdraw/",
        writing.publication,
        {"act": publishing.unpublish},
        name="unpublish",
    ),
]
