from django.urls import path

from peerhood.pages import health, sitemap, views
from peerhood.pages.my_data import views as my_data
from peerhood.pages.timeline import views as timeline

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("promise/", views.promise, name="promise"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("healthz", health.health, name="health"),
    path("gatherings/<int:pk>/timeline/", timeline.show, name="timeline"),
    path("gatherings/<int:pk>/timeline/<slug:step>/", timeline.step, name="timeline_step"),
    path("gatherings/<int:pk>/timeline/<slug:step>/mail/", timeline.mail, name="timeline_mail"),
    path("gatherings/<int:pk>/timeline/<slug:step>/return/", timeline.take_back, name="timeline_take_back"),
    path("me/data/", my_data.show, name="my_data"),
    path("me/data/devices/<int:pk>/sign-out/", my_data.sign_out, name="sign_out_device"),
    path("me/data/devices/sign-out-others/", my_data.sign_out_others, name="sign_out_others"),
    path("me/data/calendar/", my_data.make_feed, name="make_feed"),
    path("me/data/calendar/close/", my_data.close_feed, name="close_feed"),
    path("me/data/mails/", my_data.choose_mails, name="choose_mails"),
    path("me/data/export/", my_data.export, name="export"),
    path("me/data/export/file/", my_data.export_file, name="export_file"),
    path("me/data/erasure/", my_data.erasure, name="erasure"),
    path("me/mails/", my_data.my_mails, name="my_mails"),
    path("mails/off/<str:link>/", my_data.leave_mails, name="leave_mails"),
]
