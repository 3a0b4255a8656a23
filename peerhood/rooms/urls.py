from django.urls import include, path

from peerhood.rooms import rounds, running, voting
from peerhood.rooms.formats import speaking, stepping
from peerhood.rooms.forum import acknowledging
from peerhood.rooms.pot import closing, moderating, opening
from peerhood.rooms.pot import views as of_pots
from peerhood.rooms.views import joining, phone, run, screen

app_name = "rooms"
urlpatterns = [
    path("r/", joining.join, name="join"),
    path("r/<slug:code>/", phone.phone, name="phone"),
    path("r/<slug:code>/screen/", screen.screen, name="screen"),
    path("r/<slug:code>/vote/", phone.vote, name="vote"),
    path("r/<slug:code>/pass/", phone.speak, {"act": speaking.pass_on}, name="pass"),
    path("r/<slug:code>/listen/", phone.speak, {"act": speaking.only_listen, "listens": True}, name="listen"),
    path(
        "r/<slug:code>/take-part/",
        phone.speak,
        {"act": speaking.only_listen, "listens": False},
        name="take_part",
    ),
    path("r/<slug:code>/stream/", joining.stream, name="stream"),
    path("gatherings/<int:pk>/room/", run.run, name="run"),
    path("gatherings/<int:pk>/room/open/", run.open_room, name="open"),
    path("gatherings/<int:pk>/room/start/", run.press, {"act": running.start}, name="start"),
    path("gatherings/<int:pk>/room/next/", run.press, {"act": running.next_item}, name="next"),
    path("gatherings/<int:pk>/room/back/", run.press, {"act": running.previous_item}, name="back"),
    path("gatherings/<int:pk>/room/step/next/", run.press, {"act": stepping.next_step}, name="next_step"),
    path(
        "gatherings/<int:pk>/room/step/back/",
        run.press,
        {"act": stepping.previous_step},
        name="previous_step",
    ),
    path("gatherings/<int:pk>/room/step/onward/", run.press, {"act": stepping.onward}, name="onward"),
    path("gatherings/<int:pk>/room/topic/extend/", run.press, {"act": stepping.extend}, name="extend"),
    path("gatherings/<int:pk>/room/pot/thumbs/", run.press, {"act": opening.open_thumbs}, name="open_thumbs"),
    path("gatherings/<int:pk>/room/turn/next/", run.press, {"act": stepping.next_turn}, name="next_turn"),
    path("gatherings/<int:pk>/room/go-to/<int:item_pk>/", run.go_to, name="go_to"),
    path("gatherings/<int:pk>/room/pause/", run.press, {"act": running.pause}, name="pause"),
    path("gatherings/<int:pk>/room/resume/", run.press, {"act": running.resume}, name="resume"),
    path("gatherings/<int:pk>/room/minute/", run.press, {"act": running.add_minute}, name="minute"),
    path("gatherings/<int:pk>/room/undo/", run.press, {"act": running.undo}, name="undo"),
    path("gatherings/<int:pk>/room/close/", run.press, {"act": running.close_room}, name="close"),
    path(
        "gatherings/<int:pk>/room/ballot/close/",
        run.press,
        {"act": voting.close_ballot},
        name="close_ballot",
    ),
    path("gatherings/<int:pk>/room/ballot/choose/<int:theme_pk>/", run.choose, name="choose"),
    path("gatherings/<int:pk>/room/round/show/", run.press, {"act": rounds.show_next}, name="show_round"),
    path("gatherings/<int:pk>/room/round/mix/", run.press, {"act": rounds.mix_again}, name="mix_again"),
    path("gatherings/<int:pk>/room/pot/open/", run.open_pot, name="open_pot"),
    path("gatherings/<int:pk>/room/pot/close/", run.press, {"act": closing.begin}, name="close_pot"),
    path("gatherings/<int:pk>/room/pot/pour/", run.press, {"act": closing.pour_now}, name="pour_pot"),
    path("gatherings/<int:pk>/room/pot/more/", run.press, {"act": closing.collect_more}, name="more_pot"),
    path("gatherings/<int:pk>/room/pot/discard/", run.press, {"act": closing.discard}, name="discard_pot"),
    path("gatherings/<int:pk>/room/round/hold/", run.press, {"act": rounds.hold}, name="hold_round"),
    path("r/<slug:code>/draw/", of_pots.draw, name="draw"),
    path("gatherings/<int:pk>/room/pot/ballot/", run.press, {"act": opening.open_ballot}, name="open_vote"),
    path("gatherings/<int:pk>/room/pot/dots/", of_pots.open_dots, name="open_dots"),
    path(
        "gatherings/<int:pk>/room/pot/key/",
        run.press,
        {"act": closing.give_another_key},
        name="another_key",
    ),
    path(
        "gatherings/<int:pk>/room/pot/notes/<uuid:note_pk>/hide/",
        run.turn_note,
        {"act": moderating.hide},
        name="hide_note",
    ),
    path(
        "gatherings/<int:pk>/room/pot/notes/<uuid:note_pk>/show/",
        run.turn_note,
        {"act": moderating.show_again},
        name="show_note",
    ),
    path("gatherings/<int:pk>/room/cards/", of_pots.paper_cards, name="cards"),
    path("gatherings/<int:pk>/room/cards/print/", of_pots.print_cards, name="print_cards"),
    path("gatherings/<int:pk>/room/cards/type-in/", of_pots.type_in_card, name="type_in_card"),
    path("r/<slug:code>/acknowledge/", phone.speak, {"act": acknowledging.acknowledge}, name="acknowledge"),
    path("r/<slug:code>/object/<int:item_pk>/", phone.object_to, name="object"),
    path(
        "gatherings/<int:pk>/room/go-on/",
        run.press,
        {"act": acknowledging.go_on_without},
        name="go_on_without",
    ),
    path("gatherings/<int:pk>/minutes/", include("peerhood.rooms.forum.urls")),
    path("gatherings/<int:pk>/room/harvest/", include("peerhood.rooms.harvest.urls")),
    path("gatherings/<int:pk>/formats/", include("peerhood.rooms.formats.urls")),
    path("gatherings/<int:pk>/room/breakouts/", include("peerhood.rooms.online.urls")),
]
