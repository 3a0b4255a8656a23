from django.urls import path

from peerhood.circles import inviting, joining
from peerhood.circles.views import belonging, circles, lists, members, seed_links, seeds

app_name = "circles"
urlpatterns = [
    path("", circles.list_, name="list"),
    path("invitations/", belonging.invitations, name="invitations"),
    path("invitations/<int:pk>/yes/", belonging.answer, {"act": joining.join}, name="say_yes"),
    path("invitations/<int:pk>/no/", belonging.answer, {"act": inviting.say_no}, name="say_no"),
    path("seeds/new/", seeds.new, name="seed_new"),
    path("seeds/<int:pk>/", seeds.detail, name="seed"),
    path("seeds/<int:pk>/words/", seeds.step, {"step": "words"}, name="seed_words"),
    path("seeds/<int:pk>/rhythm/", seeds.step, {"step": "rhythm"}, name="seed_rhythm"),
    path("seeds/<int:pk>/plan/", seeds.step, {"step": "plan"}, name="seed_plan"),
    path("seeds/<int:pk>/plant/", seeds.plant, name="seed_plant"),
    path("seeds/<int:pk>/new-link/", seeds.renew_link, name="seed_renew_link"),
    path("seeds/<int:pk>/invitations/", seeds.invite, name="seed_invite"),
    path("seeds/<int:pk>/more-time/", seeds.extend, name="seed_extend"),
    path("seeds/<int:pk>/end/", seeds.end, name="seed_end"),
    path("seeds/<int:pk>/again/", seeds.plant_again, name="seed_again"),
    path("seeds/<int:pk>/take-back/", seeds.take_back, name="seed_take_back"),
    path("seeds/link/<str:token>/", seed_links.look, name="seed_link"),
    path("seeds/link/<str:token>/yes/", seed_links.say_yes, name="seed_yes"),
    path("seeds/link/<str:token>/no/", seed_links.say_no, name="seed_no"),
    path("<slug:slug>/", circles.detail, name="detail"),
    path("<slug:slug>/settings/", circles.settings, name="settings"),
    path("<slug:slug>/join/", belonging.enter, {"act": joining.join}, name="join"),
    path("<slug:slug>/apply/", belonging.enter, {"act": joining.apply}, name="apply"),
    path("<slug:slug>/leave/", belonging.leave, name="leave"),
    path("<slug:slug>/pause/", belonging.set_pace, {"act": joining.pause}, name="pause"),
    path("<slug:slug>/resume/", belonging.set_pace, {"act": joining.resume}, name="resume"),
    path("<slug:slug>/members.csv", members.export, name="export"),
    path("<slug:slug>/members/", members.list_, name="members"),
    path("<slug:slug>/members/import/", lists.choose, name="import_choose"),
    path("<slug:slug>/members/import/<int:pk>/", lists.look, name="import"),
    path("<slug:slug>/members/import/<int:pk>/confirm/", lists.confirm, name="import_confirm"),
    path("<slug:slug>/members/import/<int:pk>/cancel/", lists.cancel, name="import_cancel"),
    path("<slug:slug>/members/<int:pk>/", members.detail, name="member"),
    path("<slug:slug>/members/<int:pk>/accept/", members.answer, {"act": joining.accept}, name="accept"),
    path("<slug:slug>/members/<int:pk>/decline/", members.answer, {"act": joining.decline}, name="decline"),
    path("<slug:slug>/members/<int:pk>/pause/", members.answer, {"act": joining.pause}, name="pause_member"),
    path(
        "<slug:slug>/members/<int:pk>/resume/", members.answer, {"act": joining.resume}, name="resume_member"
    ),
    path(
        "<slug:slug>/members/<int:pk>/ask-again/",
        members.answer,
        {"act": inviting.ask_again},
        name="ask_again",
    ),
    path("<slug:slug>/members/<int:pk>/remove/", members.remove, name="remove"),
]
