from django.urls import path

from peerhood.circles import applying, inviting, pausing
from peerhood.circles.views import belonging, circles, handovers, links, lists, members

app_name = "circles"
urlpatterns = [
    path("", circles.list_, name="list"),
    path("invitations/", belonging.invitations, name="invitations"),
    path("invitations/<int:pk>/yes/", belonging.say_yes, name="say_yes"),
    path("invitations/<int:pk>/no/", belonging.say_no, name="say_no"),
    path("invitations/<int:pk>/take-back/", belonging.take_back, name="take_back"),
    path("invitations/link/<str:token>/", links.follow, name="follow"),
    path("<slug:slug>/", circles.detail, name="detail"),
    path("<slug:slug>/who-may/", circles.who_may, name="who_may"),
    path("<slug:slug>/settings/", circles.settings, name="settings"),
    path("<slug:slug>/entrance/", circles.entrance, name="entrance"),
    path("<slug:slug>/join/", belonging.join, name="join"),
    path("<slug:slug>/apply/", belonging.apply, name="apply"),
    path("<slug:slug>/agree/", belonging.agree, name="agree"),
    path("<slug:slug>/leave/", belonging.leave, name="leave"),
    path("<slug:slug>/pause/", belonging.pause, name="pause"),
    path("<slug:slug>/resume/", belonging.resume, name="resume"),
    path("<slug:slug>/hand-over/", handovers.offer, name="hand_over"),
    path("<slug:slug>/hand-over/take-back/", handovers.take_back, name="keep_organising"),
    path("<slug:slug>/take-over/", handovers.take_over, name="take_over"),
    path("<slug:slug>/take-over/no/", handovers.decline, name="not_take_over"),
    path("<slug:slug>/links/", links.list_, name="links"),
    path("<slug:slug>/links/<int:pk>/revoke/", links.revoke, name="revoke_link"),
    path("<slug:slug>/members.csv", members.export, name="export"),
    path("<slug:slug>/members/", members.list_, name="members"),
    path("<slug:slug>/members/import/", lists.choose, name="import_choose"),
    path("<slug:slug>/members/import/<int:pk>/", lists.look, name="import"),
    path("<slug:slug>/members/import/<int:pk>/confirm/", lists.confirm, name="import_confirm"),
    path("<slug:slug>/members/import/<int:pk>/cancel/", lists.cancel, name="import_cancel"),
    path("<slug:slug>/members/<int:pk>/", members.detail, name="member"),
    path("<slug:slug>/members/<int:pk>/application/", members.application, name="application"),
    path("<slug:slug>/members/<int:pk>/accept/", members.decide, {"act": applying.accept}, name="accept"),
    path("<slug:slug>/members/<int:pk>/decline/", members.decide, {"act": applying.decline}, name="decline"),
    path("<slug:slug>/members/<int:pk>/pause/", members.answer, {"act": pausing.pause}, name="pause_member"),
    path(
        "<slug:slug>/members/<int:pk>/resume/", members.answer, {"act": pausing.resume}, name="resume_member"
    ),
    path(
        "<slug:slug>/members/<int:pk>/ask-again/",
        members.answer,
        {"act": inviting.ask_again},
        name="ask_again",
    ),
    path("<slug:slug>/members/<int:pk>/remove/", members.remove, name="remove"),
]
