from django.urls import path

from peerhood.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.come_in, name="come_in"),
    path("demo/come-in/", views.come_in_as, name="come_in_as"),
    path("mail/", views.mails, name="mails"),
    path("mail/<int:pk>/", views.mail, name="mail"),
    path("mail/<int:pk>/html/", views.mail_html, name="mail_html"),
]
