from django.urls import path

from peerhood.pages import health, views
from peerhood.pages.my_data import views as my_data

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("promise/", views.promise, name="promise"),
    path("healthz", health.health, name="health"),
    path("me/data/", my_data.show, name="my_data"),
    path("me/data/devices/<int:pk>/sign-out/", my_data.sign_out, name="sign_out_device"),
    path("me/data/devices/sign-out-others/", my_data.sign_out_others, name="sign_out_others"),
    path("me/data/calendar/", my_data.make_feed, name="make_feed"),
    path("me/data/calendar/close/", my_data.close_feed, name="close_feed"),
    path("me/data/mails/", my_data.choose_mails, name="choose_mails"),
    path("me/data/export/", my_data.export, name="export"),
    path("me/data/export/file/", my_data.export_file, name="export_file"),
    path("me/data/erasure/", my_data.erasure, name="erasure"),
    path("mails/off/<str:link>/", my_data.leave_mails, name="leave_mails"),
]
