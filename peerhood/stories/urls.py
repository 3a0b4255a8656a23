from django.urls import path

from peerhood.stories import publishing
from peerhood.stories.comments import following, moderating
from peerhood.stories.views import comments, lines, moderation, reading, recordings, writing

app_name = "stories"
urlpatterns = [
    path("", reading.list_stories, name="list"),
    path("new/", writing.new, name="new"),
    path("comments/off/<str:link>/", comments.comments_off, name="comments_off"),
    path("recordings/", recordings.list_recordings, name="recordings"),
    path("recordings/attach/<int:pk>/", recordings.attach, name="attach_recording"),
    path("recordings/of/<int:pk>/", recordings.playlist, name="playlist"),
    path("recordings/<int:pk>/", recordings.detail, name="recording"),
    path("recordings/<int:pk>/watch/", recordings.watch, name="watch_recording"),
    path("recordings/<int:pk>/edit/", recordings.edit, name="edit_recording"),
    path("recordings/<int:pk>/remove/", recordings.remove, name="remove_recording"),
    path("new/method/", writing.method_only, name="method_only"),
    path("lines/<int:pk>/", lines.add_line, name="add_line"),
    path("lines/<int:pk>/take-out/", lines.take_out, name="take_out_line"),
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
    path("<slug:slug>/comments/", comments.comment, name="comment"),
    path("<slug:slug>/comments/waiting/", moderation.waiting, name="comments_waiting"),
    path(
        "<slug:slug>/comments/follow/",
        comments.follow_comments,
        {"act": following.follow},
        name="follow_comments",
    ),
    path(
        "<slug:slug>/comments/leave/",
        comments.follow_comments,
        {"act": following.leave},
        name="leave_comments",
    ),
    path("<slug:slug>/comments/<int:pk>/reply/", comments.reply, name="reply"),
    path("<slug:slug>/comments/<int:pk>/edit/", comments.edit_comment, name="edit_comment"),
    path("<slug:slug>/comments/<int:pk>/withdraw/", comments.withdraw_comment, name="withdraw_comment"),
    path("<slug:slug>/comments/<int:pk>/report/", comments.report_comment, name="report_comment"),
    path("<slug:slug>/comments/<int:pk>/hide/", moderation.hide, name="hide_comment"),
    *(
        path(
            f"<slug:slug>/comments/<int:pk>/{name}/",
            moderation.decide,
            {"act": act},
            name=f"{act.__name__}_comment",
        )
        for name, act in (
            ("let-through", moderating.let_through),
            ("refuse", moderating.refuse),
            ("show", moderating.show),
        )
    ),
]
