from django.urls import include, path

from peerhood.growth.views import cycles, entries, hours, open_to_talk, opportunities

app_name = "growth"
of_a_circle = [
    path("", opportunities.opportunities, name="opportunities"),
    path("new/", opportunities.post, name="post_opportunity"),
    path("people/", open_to_talk.people, name="open_to_talk_in"),
    path("reported/", opportunities.reported, name="reported_opportunities"),
    path("<int:pk>/", opportunities.detail, name="opportunity"),
    path("<int:pk>/edit/", opportunities.edit, name="edit_opportunity"),
    path("<int:pk>/interested/", opportunities.interested, name="interested"),
    path("<int:pk>/not-interested/", opportunities.not_interested, name="not_interested"),
    path("<int:pk>/close/", opportunities.close, name="close_opportunity"),
    path("<int:pk>/reopen/", opportunities.reopen, name="reopen_opportunity"),
    path("<int:pk>/renew/", opportunities.renew, name="renew_opportunity"),
    path("<int:pk>/remove/", opportunities.remove, name="remove_opportunity"),
    path("<int:pk>/report/", opportunities.report, name="report_opportunity"),
    path("<int:pk>/hide/", opportunities.hide, name="hide_opportunity"),
    path("<int:pk>/show/", opportunities.show, name="show_opportunity"),
]
urlpatterns = [
    path("opportunities/<slug:slug>/", include(of_a_circle)),
    path("open-to-talk/", open_to_talk.mine, name="open_to_talk"),
    path("open-to-talk/end/", open_to_talk.end, name="end_open_to_talk"),
    path("", hours.show, name="hours"),
    path("hours.csv", hours.spreadsheet, name="spreadsheet"),
    path("hours.pdf", hours.paper, name="paper"),
    path("new/", entries.add, name="add"),
    path("gathering/<int:pk>/", entries.attended, name="attended"),
    path("<int:pk>/", entries.entry, name="entry"),
    path("<int:pk>/remove/", entries.remove, name="remove"),
    path("cycles/new/", cycles.begin, name="begin_cycle"),
    path("cycles/<int:pk>/", cycles.change, name="cycle"),
    path("cycles/<int:pk>/remove/", cycles.remove, name="remove_cycle"),
]
