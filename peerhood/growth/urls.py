from django.urls import path

from peerhood.growth.views import certificates, cycles, entries, hours, year

app_name = "growth"
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
]
