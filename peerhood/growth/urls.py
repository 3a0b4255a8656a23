from django.urls import path

from peerhood.growth.outside import going
from peerhood.growth.skills import sharing
from peerhood.growth.views import certificates, cycles, entries, hours, outside, skills, year

app_name = "growth"

skilled = [
    path("skills/", skills.mine, name="skills"),
    path("skills/assess/", skills.assess, name="assess_skills"),
    path("skills/history/", skills.history, name="skill_history"),
    path("skills/history/<int:pk>/remove/", skills.remove, name="remove_assessment"),
    path("skills/of/<slug:slug>/", skills.mine, name="own_skills"),
    path("skills/of/<slug:slug>/assess/", skills.assess, name="assess_own_skills"),
    path("skills/in/<slug:slug>/", skills.of_circle, name="circle_skills"),
    path("skills/in/<slug:slug>/share/", skills.share, {"act": sharing.share}, name="share_skills"),
    path(
        "skills/in/<slug:slug>/share-no-more/",
        skills.share,
        {"act": sharing.share_no_more},
        name="share_skills_no_more",
    ),
    path("skills/in/<slug:slug>/list/", skills.own_list, name="skill_list"),
    path("skills/in/<slug:slug>/help/", skills.offer, name="offer_help"),
    path("skills/in/<slug:slug>/help/<slug:key>/", skills.helpers, name="helpers"),
]

of_event = "outside/<slug:slug>/<int:pk>/"
outside_events = [
    path("outside/<slug:slug>/", outside.events, name="outside_events"),
    path("outside/<slug:slug>/new/", outside.add, name="add_outside_event"),
    path(of_event, outside.event, name="outside_event"),
    path(f"{of_event}edit/", outside.edit, name="edit_outside_event"),
    path(f"{of_event}remove/", outside.remove, name="remove_outside_event"),
    path(f"{of_event}calendar.ics", outside.calendar, name="outside_calendar"),
    path(f"{of_event}go/", outside.say, {"act": going.go}, name="outside_go"),
    path(f"{of_event}go-no-more/", outside.say, {"act": going.go_no_more}, name="outside_go_no_more"),
    path(f"{of_event}show/", outside.say, {"act": going.show}, name="outside_show"),
    path(f"{of_event}hide/", outside.say, {"act": going.hide}, name="outside_hide"),
]

urlpatterns = [
    path("", hours.show, name="hours"),
    path("hours.csv", hours.spreadsheet, name="spreadsheet"),
    path("hours.pdf", hours.paper, name="paper"),
    path("new/", entries.add, name="add"),
    path("gathering/<int:pk>/", entries.attended, name="attended"),
    path("gathering/<int:pk>/put-away/", entries.put_away, name="put_away"),
    path("gathering/<int:pk>/bring-back/", entries.bring_back, name="bring_back"),
    path("<int:pk>/", entries.entry, name="entry"),
    path("<int:pk>/remove/", entries.remove, name="remove"),
    path("cycles/new/", cycles.begin, name="begin_cycle"),
    path("cycles/<int:pk>/", cycles.change, name="cycle"),
    path("cycles/<int:pk>/remove/", cycles.remove, name="remove_cycle"),
    path("certificates/", certificates.show, name="certificates"),
    path("certificates/of/<int:pk>/fetch/", certificates.fetch, name="fetch_certificate"),
    path("certificates/of/<int:pk>/", certificates.offer, name="offer_certificates"),
    path("certificates/of/<int:pk>/stop/", certificates.stop, name="stop_certificates"),
    path("certificates/of/<int:pk>/take-back/", certificates.take_back, name="take_certificate_back"),
    path("certificates/<uuid:uid>/", certificates.confirm, name="certificate"),
    path("certificates/<uuid:uid>/certificate.pdf", certificates.as_paper, name="certificate_paper"),
    path("certificates/<uuid:uid>/certificate.json", certificates.as_badge, name="certificate_badge"),
    path("certificates/<uuid:uid>/withdraw/", certificates.withdraw, name="withdraw_certificate"),
    path("certificates/<uuid:uid>/put-in-force/", certificates.put_in_force, name="put_in_force"),
    path("year/", year.this_year, name="this_year"),
    path("year/<int:year>/", year.show, name="year"),
    path("year/<int:year>/year.pdf", year.as_paper, name="year_paper"),
    *skilled,
    *outside_events,
]
