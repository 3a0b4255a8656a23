from django.urls import path

from peerhood.themes import proposing, views

app_name = "themes"
urlpatterns = [
    path("", views.backlog, name="list"),
    path("propose/", views.propose, name="propose"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/support/", views.answer, {"act": proposing.support}, name="support"),
    path("<int:pk>/support/withdraw/", views.answer, {"act": proposing.unsupport}, name="unsupport"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/propose-again/", views.propose_again, name="propose_again"),
    path("ballots/<int:pk>/", views.ballot, name="ballot"),
    path("ballots/<int:pk>/close/", views.close, name="close"),
    path("ballots/<int:pk>/choose/<int:theme_pk>/", views.choose, name="choose"),
    path("ballots/<int:pk>/draft/", views.draft, name="draft"),
]
