from django.urls import include, path

from peerhood.stories import publishing
from peerhood.stories.views import reading, threads, writing

app_name = "stories"
between_meetings = [
    path("", threads.threads, name="threads"),
    path("ask/", threads.ask, name="ask"),
    path("moan/", threads.moan, name="moan"),
    path("<int:pk>/", threads.thread, name="thread"),
    path("<int:pk>/day/", threads.another_day, name="another_day"),
    path("<int:pk>/remove/", threads.remove, name="remove_thread"),
    path("<int:pk>/<int:reply_pk>/remove/", threads.remove_reply, name="remove_reply"),
]
urlpatterns = [
    path("threads/<slug:slug>/", include(between_meetings)),
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
