from django.urls import include, path

from peerhood.stories.views import feeds, gathered, reading, releasing, threads, together, writing

app_name = "stories"
between_meetings = [
    path("", threads.threads, name="threads"),
    path("ask/", threads.ask, name="ask_circle"),
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
    path("feed/", feeds.feed, name="feed"),
    path("preview/", writing.preview, name="preview"),
    path("newsroom/<slug:slug>/", releasing.newsroom, name="newsroom"),
    path("by/<int:pk>/", gathered.author, name="author"),
    path("topics/", gathered.topics, name="topics"),
    path("topics/<slug:slug>/", gathered.topic, name="topic"),
    path("<slug:slug>/", reading.detail, name="detail"),
    path("<slug:slug>/edit/", writing.edit, name="edit"),
    path("<slug:slug>/pictures/<int:number>/", reading.picture, name="picture"),
    path("<slug:slug>/co-authors/", together.ask, name="ask"),
    path("<slug:slug>/co-authors/me/", together.agree, name="agree"),
    path("<slug:slug>/co-authors/me/leave/", together.leave, name="leave"),
    path("<slug:slug>/revisions/", together.revisions, name="revisions"),
    path("<slug:slug>/revisions/<int:version>/", together.revision, name="revision"),
    path("<slug:slug>/revisions/<int:version>/restore/", together.restore, name="restore"),
    path("<slug:slug>/review/", releasing.submit, name="submit"),
    path("<slug:slug>/review/send-back/", releasing.send_back, name="send_back"),
    path("<slug:slug>/publication/", releasing.publish, name="publish"),
    path("<slug:slug>/publication/withdraw/", releasing.unpublish, name="unpublish"),
]
