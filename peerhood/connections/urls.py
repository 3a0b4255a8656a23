from django.urls import path

from peerhood.connections import connecting
from peerhood.connections.coffee import joining
from peerhood.connections.views import cards, coffee, coffee_rounds, confidence, introductions, people, thanks

app_name = "connections"

coffees = [
    path("coffee/", coffee.overview, name="coffees"),
    path("coffee/choice/", coffee.choice, name="coffee_choice"),
    path("coffee/people/", coffee.people, name="coffee_people"),
    path("coffee/new/<int:pk>/", coffee.ask, name="coffee_ask"),
    path("coffee/<int:pk>/", coffee.detail, name="coffee"),
    path("coffee/<int:pk>/accept/", coffee.accept, name="coffee_accept"),
    path("coffee/<int:pk>/decline/", coffee.decline, name="coffee_decline"),
    path("coffee/<int:pk>/call-off/", coffee.call_off, name="coffee_call_off"),
    path("coffee/<int:pk>/met/", coffee.met, name="coffee_met"),
    path("coffee/rounds/<slug:slug>/", coffee_rounds.rounds_of, name="coffee_rounds"),
    path("coffee/rounds/<slug:slug>/habit/", coffee_rounds.habit, name="coffee_habit"),
    path("coffee/rounds/<slug:slug>/cadence/", coffee_rounds.cadence, name="coffee_cadence"),
    path("coffee/rounds/<slug:slug>/stop/", coffee_rounds.stop, name="coffee_stop"),
    path(
        "coffee/rounds/<slug:slug>/<int:pk>/join/",
        coffee_rounds.take_part,
        {"act": joining.join},
        name="coffee_join",
    ),
    path(
        "coffee/rounds/<slug:slug>/<int:pk>/skip/",
        coffee_rounds.take_part,
        {"act": joining.skip},
        name="coffee_skip",
    ),
    path("coffee/rounds/<slug:slug>/met/<int:pk>/", coffee_rounds.met, name="coffee_round_met"),
]

introduced = [
    path("introductions/", introductions.overview, name="introductions"),
    path("introductions/people/", introductions.people, name="introduction_people"),
    path("introductions/new/", introductions.ask, name="introduction_wish"),
    path("introductions/new/<int:pk>/", introductions.ask, name="introduction_ask"),
    path("introductions/<int:pk>/", introductions.detail, name="introduction"),
    path("introductions/<int:pk>/pass-on/", introductions.pass_on, name="introduction_pass_on"),
    path("introductions/<int:pk>/leave/", introductions.leave, name="introduction_leave"),
    path("introductions/<int:pk>/yes/", introductions.accept, name="introduction_accept"),
    path("introductions/<int:pk>/no/", introductions.decline, name="introduction_decline"),
    path("introductions/<int:pk>/withdraw/", introductions.withdraw, name="introduction_withdraw"),
]

confident = [
    path("ladder/", confidence.ladder, name="ladder"),
    path("ladder/<slug:rung>/", confidence.tick, name="ladder_tick"),
    path("dares/<int:pk>/", confidence.dare, name="dare"),
    path("dares/<int:pk>/answer/", confidence.answer_dare, name="dare_answer"),
    path("thanks/", thanks.received, name="thanks"),
    path("thanks/to/", thanks.people, name="thanks_people"),
    path("thanks/to/<int:pk>/", thanks.write, name="thanks_write"),
    path("thanks/<int:pk>/remove/", thanks.remove, name="thanks_remove"),
]

# One's own stand first: no token is as short as "mine".
contact_cards = [
    path("card/", cards.mine, name="my_cards"),
    path("card/mine/<slug:kind>/", cards.choose, name="my_card"),
    path("card/mine/<slug:kind>/hold-out/", cards.hold_out, name="my_card_held_out"),
    path("card/mine/<slug:kind>/print/", cards.paper, name="my_card_on_paper"),
    path("card/mine/<slug:kind>/renew/", cards.renew, name="my_card_renew"),
    path("card/mine/<slug:kind>/put-away/", cards.put_away, name="my_card_put_away"),
    path("card/left/<int:pk>/keep/", cards.keep, name="left_card_keep"),
    path("card/left/<int:pk>/decline/", cards.decline, name="left_card_decline"),
    path("card/<str:token>/", cards.shown, name="card_shown"),
    path("card/<str:token>/contact.vcf", cards.file, name="card_file"),
    path("card/<str:token>/leave/", cards.leave, name="card_leave"),
    path("card/<str:token>/take-back/", cards.take_back, name="card_take_back"),
]

urlpatterns = [
    path("", people.my_people, name="list"),
    path("cards/", people.cards, name="cards"),
    path("spreadsheet/", people.spreadsheet, name="spreadsheet"),
    path("mail/", people.mail_list, name="mail_list"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/end/", people.end, name="end"),
    path("met/<int:pk>/", people.met, name="met"),
    path("met/<int:pk>/mail/", people.mail_met, name="mail_met"),
    path("met/<int:pk>/<int:person_pk>/line/", people.talked_about, name="talked_about"),
    path("met/<int:pk>/<int:person_pk>/", people.answer, {"act": connecting.say_met}, name="say_met"),
    path(
        "met/<int:pk>/<int:person_pk>/undo/", people.answer, {"act": connecting.take_back}, name="take_back"
    ),
    *contact_cards,
    *coffees,
    *introduced,
    *confident,
]
