from django.urls import path

from peerhood.rooms import rounds, running, views, voting
from peerhood.rooms.pot import closing

app_name = "rooms"
urlpatterns = [
    path("r/", views.join, name="join"),
    path("r/<slug:code>/", views.phone, name="phone"),
    path("r/<slug:code>/screen/", views.screen, name="screen"),
    path("r/<slug:code>/vote/", views.vote, name="vote"),
    path("r/<slug:code>/stream/", views.stream, name="stream"),
    path("gatherings/<int:pk>/room/", views.run, name="run"),
    path("gatherings/<int:pk>/room/open/", views.open_room, name="open"),
    path("gatherings/<int:pk>/room/start/", views.press, {"act": running.start}, name="start"),
    path("gatherings/<int:pk>/room/next/", views.press, {"act": running.next_item}, name="next"),
    path("gatherings/<int:pk>/room/back/", views.press, {"act": running.previous_item}, name="back"),
    path("gatherings/<int:pk>/room/go-to/<int:item_pk>/", views.go_to, name="go_to"),
    path("gatherings/<int:pk>/room/pause/", views.press, {"act": running.pause}, name="pause"),
    path("gatherings/<int:pk>/room/resume/", views.press, {"act": running.resume}, name="resume"),
    path("gatherings/<int:pk>/room/minute/", views.press, {"act": running.add_minute}, name="minute"),
    path("gatherings/<int:pk>/room/undo/", views.press, {"act": running.undo}, name="undo"),
    path("gatherings/<int:pk>/room/close/", views.press, {"act": running.close_room}, name="close"),
    path(
        "gatherings/<int:pk>/room/ballot/close/",
        views.press,
        {"act": voting.close_ballot},
        name="close_ballot",
    ),
    path("gatherings/<int:pk>/room/ballot/choose/<int:theme_pk>/", views.choose, name="choose"),
    path("gatherings/<int:pk>/room/round/show/", views.press, {"act": rounds.show_next}, name="show_round"),
    path("gatherings/<int:pk>/room/round/mix/", views.press, {"act": rounds.mix_again}, name="mix_again"),
    path("gatherings/<int:pk>/room/pot/open/", views.open_pot, name="open_pot"),
    path("gatherings/<int:pk>/room/pot/close/", views.press, {"act": closing.begin}, name="close_pot"),
    path("gatherings/<int:pk>/room/pot/pour/", views.press, {"act": closing.pour_now}, name="pour_pot"),
    path("gatherings/<int:pk>/room/pot/more/", views.press, {"act": closing.collect_more}, name="more_pot"),
    path("gatherings/<int:pk>/room/pot/discard/", views.press, {"act": closing.discard}, name="discard_pot"),
    path("gatherings/<int:pk>/room/round/hold/", views.press, {"act": rounds.hold}, name="hold_round"),
]
