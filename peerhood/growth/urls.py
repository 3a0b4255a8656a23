from django.urls import path

from peerhood.growth.views import cycles, entries, hours

app_name = "growth"
urlpatterns = [
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
