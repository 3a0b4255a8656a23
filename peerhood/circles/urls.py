from django.urls import path

from peerhood.circles import inviting, joining
from peerhood.circles.views import belonging, circles, conflicts, lists, members, reports

app_name = "circles"
urlpatterns = [
    path("", circles.list_, name="list"),
    path("invitations/", belonging.invitations, name="invitations"),
    path("invitations/<int:pk>/yes/", belonging.answer, {"act": joining.join}, name="say_yes"),
    path("invitations/<int:pk>/no/", belonging.answer, {"act": inviting.say_no}, name="say_no"),
    path("<slug:slug>/", circles.detail, name="detail"),
    path("<slug:slug>/settings/", circles.settings, name="settings"),
    path("<slug:slug>/join/", belonging.enter, {"act": joining.join}, name="join"),
    path("<slug:slug>/apply/", belonging.enter, {"act": joining.apply}, name="apply"),
    path("<slug:slug>/leave/", belonging.leave, name="leave"),
    path("<slug:slug>/pause/", belonging.set_pace, {"act": joining.pause}, name="pause"),
    path("<slug:slug>/resume/", belonging.set_pace, {"act": joining.resume}, name="resume"),
    path("<slug:slug>/members.csv", members.export, name="export"),
    path("<slug:slug>/members/", members.list_, name="members"),
    path("report/<int:pk>/", reports.report, name="report"),
    path("<slug:slug>/reports/", reports.list_, name="reports"),
    path("<slug:slug>/reports/<int:pk>/", reports.detail, name="report_detail"),
    path("<slug:slug>/conflicts/", conflicts.map_, name="conflicts"),
    path("<slug:slug>/conflicts/<int:pk>/withdraw/", conflicts.withdraw, name="conflict_withdraw"),
    path("<slug:slug>/conflicts/consent/", conflicts.consent, name="conflict_consent"),
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
